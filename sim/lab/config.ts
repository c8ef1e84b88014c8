/** Settings of a run, as the command line, a launch configuration or a model's `@lab` header give them. */
export interface LabConfig {
  readonly cpus: number;
  readonly seed: number;
  /** Statements after which the run ends with `run-limit`. */
  readonly maxTicks: number;
  readonly strategy: "random" | "fixed";
  readonly nic: string;
  readonly nics: number;
  readonly irq: "intx" | "msi";
  readonly kernel: string;
  readonly weak: boolean;
  readonly backlog: number;
  /** Fault name → SPEC: `nth:3`, `every:5`, `p:0.1`. */
  readonly faults: Readonly<Record<string, string>>;
  /** Module parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** Look for data races: each access is watched, which takes time. */
  readonly races: boolean;
  /** Report advice too. */
  readonly advice: boolean;
}

export const DEFAULT_CONFIG: LabConfig = {
  cpus: 2,
  seed: 1,
  maxTicks: 5_000_000,
  strategy: "random",
  nic: "labnic",
  nics: 1,
  irq: "intx",
  kernel: "2.6.16",
  weak: false,
  backlog: 1000,
  faults: {},
  params: {},
  races: false,
  advice: false,
};
