export const order: string[] = [];
export const at = (name: string) => order.push(name);
