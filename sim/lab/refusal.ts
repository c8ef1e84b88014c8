/**
 * Runs that say nothing about the model: the workload asks for what this lab has not, the settings name a parameter that
 * the model has not, or the workload's own code fails.
 */
import type { Place, Violation } from "../machine/events.ts";
import type { Lab } from "./lab.ts";

export interface Refusal {
  readonly reason: string;
  /** Where in the workload, if it is there. */
  readonly place: Place | null;
}

/** How `refuse()` of the workloads' library (sim/workload/step.ts) marks its step. */
const REFUSED = "refused: ";

/** The library that workloads call; what lies between it and them is no work of the model. */
const LIBRARY = "linux:/workload/";

/**
 * Watches a run; call it before the run begins.
 * @returns what to ask when the run is over: why it does not count, or null
 */
export function watchRefusal(lab: Lab): () => Refusal | null {
  const { machine, config, program } = lab;
  const own = new Set(program.workloadModules.map((module) => module.file));
  let refusal: Refusal | null = null;
  machine.on("workload-step", ({ what }) => {
    if (!what.startsWith(REFUSED)) return;
    const place = machine.places.stack(machine).find(({ file }) => own.has(file)) ?? null;
    refusal ??= { reason: what.slice(REFUSED.length), place };
  });
  machine.on("printk", ({ text }) => {
    const [, name] = /Unknown parameter `(\w+)'/.exec(text) ?? [];
    if (name !== undefined && name in config.params)
      refusal ??= { reason: `the model has no parameter "${name}"`, place: null };
  });
  return () => refusal ?? failure(lab.rules.violations, own);
}

/** The first error is an exception of the workload's own code, not of anything that it called. */
function failure(violations: readonly Violation[], own: ReadonlySet<string>): Refusal | null {
  const first = violations.find((violation) => violation.severity === "error");
  if (first?.rule !== "oops") return null;
  const place = first.stack.find(({ file }) => !file.startsWith(LIBRARY));
  if (place === undefined || !own.has(place.file)) return null;
  return { reason: `the workload fails: ${first.message}`, place };
}

/** As a compiler would say it, where a place is known. */
export function refusalText({ reason, place }: Refusal, short: (file: string) => string): string {
  return place === null ? reason : `${short(place.file)}:${place.line}:${place.column}: error: ${reason}`;
}
