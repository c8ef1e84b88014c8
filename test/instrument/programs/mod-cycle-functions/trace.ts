export const lines: unknown[] = [];
export const note = (x: unknown) => void lines.push(x);
