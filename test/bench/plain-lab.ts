/** The module `lab` for the plain build: the model is bundled in. */
declare const require: (path: string) => unknown;

export const model_name = "snull";
export const workload_name = "transmit";
export const settings = {
  nic: "none",
  nics: 0,
  irq: "intx",
  kernel: "2.6.16",
  weak: false,
  backlog: 1000,
  faults: {},
  params: {},
} as const;

export function evaluate_model(): void {
  require("../../examples/snull/snull-fixed.ts");
}

export function workload_main(): () => void {
  return () => {};
}
