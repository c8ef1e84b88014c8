/**
 * What the lab (sim/lab) hands to the code that boots the simulated system and plays user space: the module `lab`.
 * `init(…)` in sim/workload/main.ts is the main task on CPU 0; its end is the end of the run.
 */
declare module "lab" {
  /** Name of the model, as lsmod shows it. */
  export const model_name: string;
  /** Evaluates the top level of the model's files anew (*switches*): fresh static memory, and its `module_init(fn)` calls. insmod does this first. */
  export function evaluate_model(): void;
  /** The workload's default export. */
  export function workload_main(): () => unknown;
  /** Name of the workload as the user gave it. */
  export const workload_name: string;
  export const settings: {
    readonly nic: string;
    readonly nics: number;
    readonly irq: "intx" | "msi";
    readonly kernel: string;
    readonly weak: boolean;
    readonly backlog: number;
    /** Fault name → SPEC of the command line (`nth:3`, `every:5`, `p:0.1`). */
    readonly faults: Readonly<Record<string, string>>;
    /** Module parameters given on the command line. */
    readonly params: Readonly<Record<string, string>>;
  };
}
