export enum Flag {
  UP = 1 << 0,
  RUNNING = 1 << 6,
  Both = UP | RUNNING,
}
export const enum State {
  Down,
  Up = "up",
}
export namespace Limits {
  export const MTU = 1500;
  export let current = MTU;
  export const raise = (by: number) => (current += by);
}
export const table = { [Flag.UP]: "up", [Flag.RUNNING]: "running" } as const;
