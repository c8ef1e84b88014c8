let value = { count: 1 };
export default value;
value = { count: 2 };
export const current = () => value;
