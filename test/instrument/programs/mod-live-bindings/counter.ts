export let count = 0;
export let history: number[] = [];
export var state: { mode: string } | undefined;
export const bump = (by = 1) => {
  history.push(count);
  return (count += by);
};
export function reset() {
  [count, history] = [0, [...history, -1]];
  ({ mode: state } = { mode: { mode: "reset" } } as any);
}
export class Watch {
  static current = () => count;
  get now() {
    return count++;
  }
}
export { count as renamed, bump as default };
