/** Every option of the program, in one table: the command line and `@lab` headers both follow it. */

import { FAULT_NAMES } from "../sim/lab/fault-names.ts";
import { didYouMean } from "../sim/lab/nearest.ts";

export interface OptionSpec {
  /** Name after `--`, and in a header before the equals sign. */
  readonly name: string;
  readonly type: "flag" | "text" | "count";
  /** Placeholder in the help text. */
  readonly value?: string;
  readonly help: string;
  /** May stand in an `@lab` header. */
  readonly header?: boolean;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Commands that know it. */
  readonly of: readonly Command[];
}

export const COMMANDS = [
  "run",
  "explore",
  "lint",
  "check",
  "replay",
  "merge",
  "rules",
  "bench",
  "dap",
] as const;
export type Command = (typeof COMMANDS)[number];

const RUNS: readonly Command[] = ["run", "explore", "check"];
const LINTS: readonly Command[] = [...RUNS, "lint"];
const RUN: readonly Command[] = ["run"];
const EXPLORE: readonly Command[] = ["explore", "check"];

export const OPTIONS: readonly OptionSpec[] = [
  {
    name: "workload",
    type: "text",
    value: "NAME|FILE.ts",
    help: "what user space does (default smoke)",
    header: true,
    of: RUNS,
  },
  {
    name: "cpus",
    type: "count",
    value: "N",
    min: 1,
    max: 32,
    help: "virtual CPUs (default 2)",
    header: true,
    of: RUNS,
  },
  {
    name: "seed",
    type: "count",
    value: "N",
    min: 0,
    max: 0xffffffff,
    help: "seed of the schedule (default 1)",
    header: true,
    of: RUNS,
  },
  {
    name: "nic",
    type: "text",
    value: "none|labnic",
    choices: ["none", "labnic"],
    help: "network card",
    header: true,
    of: RUNS,
  },
  {
    name: "nics",
    type: "count",
    value: "N",
    min: 0,
    max: 4,
    help: "how many of them",
    header: true,
    of: RUNS,
  },
  {
    name: "irq",
    type: "text",
    value: "intx|msi",
    choices: ["intx", "msi"],
    help: "its interrupt (default intx)",
    header: true,
    of: RUNS,
  },
  {
    name: "fault",
    type: "text",
    value: "NAME=SPEC",
    repeatable: true,
    help: "make calls fail: skb=nth:3, kmalloc=every:5, skb=p:0.1",
    header: true,
    of: RUNS,
  },
  {
    name: "param",
    type: "text",
    value: "NAME=VALUE",
    repeatable: true,
    help: "set a module parameter",
    header: true,
    of: RUNS,
  },
  {
    name: "kernel",
    type: "text",
    value: "2.6.16",
    choices: ["2.6.16"],
    help: "kernel whose behaviour counts",
    header: true,
    of: RUNS,
  },
  { name: "races", type: "flag", help: "look for data races (slower)", header: true, of: RUNS },
  { name: "weak", type: "flag", help: "weak memory ordering", header: true, of: RUNS },
  {
    name: "backlog",
    type: "count",
    value: "N",
    min: 1,
    max: 1_000_000,
    help: "netdev_max_backlog (default 1000)",
    header: true,
    of: RUNS,
  },
  {
    name: "max-ticks",
    type: "count",
    value: "N",
    min: 1000,
    max: 2_000_000_000,
    help: "statements before the run is cut off (default 5000000)",
    header: true,
    of: RUNS,
  },
  {
    name: "strategy",
    type: "text",
    value: "random|fixed",
    choices: ["random", "fixed", "auto", "pct", "racy-pct", "pos", "urw", "surw", "dfs", "delay", "dpor"],
    help: "how CPUs are interleaved (default random)",
    header: true,
    of: RUNS,
  },
  { name: "advice", type: "flag", help: "report advice, too", header: true, of: LINTS },
  {
    name: "fail-on",
    type: "text",
    value: "error|warning",
    choices: ["error", "warning"],
    help: "what makes the exit code 1 (default error)",
    of: [...LINTS, "merge"],
  },
  { name: "dmesg", type: "flag", help: "print the kernel's messages", of: RUN },
  {
    name: "pcap",
    type: "text",
    value: "FILE",
    help: "write the frames that pass through the devices",
    of: RUN,
  },
  { name: "trace", type: "text", value: "FILE", help: "write a Chrome trace (opens in Perfetto)", of: RUN },
  {
    name: "sarif",
    type: "text",
    value: "FILE",
    help: "write the violations as SARIF",
    of: [...LINTS, "merge"],
  },
  {
    name: "junit",
    type: "text",
    value: "FILE",
    help: "write the result as JUnit XML",
    of: [...LINTS, "merge"],
  },
  {
    name: "json",
    type: "flag",
    help: "print the result as one JSON object",
    of: [...LINTS, "replay", "merge", "rules"],
  },
  {
    name: "schedules",
    type: "count",
    value: "N",
    min: 1,
    max: 1e9,
    help: "schedules to try",
    header: true,
    of: EXPLORE,
  },
  {
    name: "time",
    type: "count",
    value: "SECONDS",
    min: 1,
    max: 1e9,
    help: "how long to explore",
    header: true,
    of: EXPLORE,
  },
  {
    name: "preemptions",
    type: "count",
    value: "N",
    min: 0,
    max: 1000,
    help: "bound of preemptions",
    header: true,
    of: EXPLORE,
  },
  {
    name: "shard",
    type: "text",
    value: "I/N",
    help: "this process's share of the search",
    header: true,
    of: EXPLORE,
  },
  { name: "resume", type: "flag", help: "go on where the last exploration stopped", of: ["explore"] },
  { name: "first", type: "flag", help: "stop at the first violation", header: true, of: EXPLORE },
  { name: "out", type: "text", value: "DIR", help: "where schedules are written", header: true, of: EXPLORE },
  {
    name: "port",
    type: "count",
    value: "N",
    min: 0,
    max: 65535,
    help: "listen on a TCP port instead of stdio",
    of: ["dap"],
  },
];

/** What was given for an option, before it is understood. */
export type Given = ReadonlyMap<string, readonly string[]>;

export function optionNames(command: Command): string[] {
  return OPTIONS.filter((o) => o.of.includes(command)).map((o) => o.name);
}

export function headerNames(): string[] {
  return OPTIONS.filter((o) => o.header).map((o) => o.name);
}

/** What is wrong with a value, or null. */
export function complaint(spec: OptionSpec, value: string): string | null {
  if (spec.choices && !spec.choices.includes(value))
    return `must be one of ${spec.choices.join(", ")}, not "${value}"`;
  if (spec.type === "count") {
    const n = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(n >= spec.min! && n <= spec.max!))
      return `must be a whole number from ${spec.min} to ${spec.max}, not "${value}"`;
  }
  if (
    spec.name === "fault" &&
    !/^[a-z-]+[=:](nth:[1-9]\d*|every:[1-9]\d*|p:(0?\.\d+|0|1(\.0*)?))$/.test(value)
  ) {
    return `must be NAME=SPEC with a SPEC such as nth:3, every:5 or p:0.1, not "${value}"`;
  }
  if (spec.name === "fault") {
    const name = value.slice(0, value.search(/[=:]/));
    if (!FAULT_NAMES.includes(name))
      return `names what nothing can fail by, "${name}"${didYouMean(name, FAULT_NAMES)}; what can fail is ${FAULT_NAMES.join(", ")}`;
  }
  if (spec.name === "param" && !/^\w+[=:]/.test(value)) return `must be NAME=VALUE, not "${value}"`;
  return null;
}
