/** One trial: a correct example under a random workload, schedule, number of CPUs and fault. It must be silent. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { LabConfig } from "../../sim/lab/config.ts";
import { FAULT_NAMES } from "../../sim/lab/fault-names.ts";
import { Lab } from "../../sim/lab/lab.ts";
import type { Program } from "../../sim/lab/program.ts";
import { watchRefusal } from "../../sim/lab/refusal.ts";
import { Random } from "../../sim/machine/random.ts";
import { compiled, type Example } from "./models.ts";
import { randomWorkload } from "./workload.ts";

export interface Trial {
  readonly seed: number;
  readonly example: Example;
  /** Name, path, or text. */
  readonly workload: string;
  readonly config: LabConfig;
}

export interface Verdict {
  readonly ticks: number;
  readonly hash: string;
  /** What was found although the driver is right; empty: as it should be. */
  readonly complaints: readonly string[];
}

/**
 * Whole drivers are drawn as often as all exhibits together, and meet whatever comes. An exhibit is right in its own
 * workload and with its own kind of interrupt: its hardware is only as good as that needs.
 */
export function drawTrial(seed: number, examples: readonly Example[]): Trial {
  const random = new Random(seed);
  const exhibits = examples.filter(isExhibit);
  const drivers = examples.filter((example) => !isExhibit(example));
  const among = random.below(2) === 0 && exhibits.length > 0 ? exhibits : drivers;
  const example = among[random.below(among.length)]!;
  const own = isExhibit(example) || random.below(4) === 0;
  const faults = isExhibit(example) || random.below(2) === 0 ? {} : randomFault(random);
  return {
    seed,
    example,
    workload: own ? example.workload : randomWorkload(random, /\/labnic\//.test(example.path)),
    config: {
      ...example.config,
      cpus: Math.max(example.config.cpus, 1 + random.below(4)),
      seed: random.u32(),
      faults: { ...example.config.faults, ...faults },
      irq: isExhibit(example) ? example.config.irq : random.below(2) === 0 ? "intx" : "msi",
    },
  };
}

const isExhibit = ({ path }: Example): boolean => /\/(museum|threads)\//.test(path);

function randomFault(random: Random): Record<string, string> {
  const name = FAULT_NAMES[random.below(FAULT_NAMES.length)]!;
  const spec = [`nth:${1 + random.below(12)}`, `every:${2 + random.below(20)}`, `p:0.${1 + random.below(3)}`];
  return { [name]: spec[random.below(spec.length)]! };
}

const kept = new Map<string, Program>();

/** Compiles all examples under their own workloads: what is kept is in memory from the beginning. */
export function keepAll(examples: readonly Example[]): void {
  for (const { path, workload } of examples) kept.set(path, compiled(path, workload));
}

/** Models under their own workload are compiled once. */
function programOf({ example, workload }: Trial): Program {
  if (workload.includes("\n")) return compiled(example.path, workload);
  let program = kept.get(example.path);
  if (program === undefined) {
    program = compiled(example.path, workload);
    kept.set(example.path, program);
  }
  return program;
}

/** Plays it; an exception of the simulator is a complaint, too. */
export function play(trial: Trial): Verdict {
  try {
    const lab = new Lab(programOf(trial), trial.config);
    const refusal = watchRefusal(lab);
    lab.runToEnd();
    const { machine, rules } = lab;
    const loud = rules.violations.filter((v) => v.severity !== "advice");
    const complaints = loud.map((v) => `${v.place?.file}:${v.place?.line}: ${v.message} [${v.rule}]`);
    const refused = refusal();
    if (refused !== null) complaints.push(refused.reason);
    return { ticks: machine.tickCount, hash: machine.historyHash, complaints };
  } catch (error) {
    return { ticks: 0, hash: "", complaints: [error instanceof Error ? error.stack! : String(error)] };
  }
}

/** Keeps a random workload as a file; the command that shows the trial again. */
export function again({ seed, example, workload, config }: Trial, folder: string): string {
  let name = workload;
  if (workload.includes("\n")) {
    mkdirSync(folder, { recursive: true });
    name = join(folder, `workload-${seed}.ts`);
    writeFileSync(name, workload);
    name = `./${relative(process.cwd(), name)}`;
  }
  const faults = Object.entries(config.faults).map(([fault, spec]) => ` --fault ${fault}=${spec}`);
  const model = relative(process.cwd(), example.path);
  return `netdev-lab run ${model} --workload ${name} --cpus ${config.cpus} --seed ${config.seed} --irq ${config.irq}${faults.join("")}`;
}
