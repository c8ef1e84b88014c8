/** Violations and the kernel's log, as the client gets to see them. */
import type { Place, RelatedPlace, Violation } from "../../sim/machine/events.ts";
import { titleOf } from "./rules.ts";
import type { Run } from "./run.ts";
import type { Session } from "./session.ts";

/** Body of the custom event `netdev-lab/violation`; lines and columns count from 1. */
export interface ViolationBody {
  readonly rule: string;
  readonly title: string;
  readonly severity: Violation["severity"];
  readonly message: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly cpu: number;
  readonly context: string;
  readonly tick: number;
  readonly related: readonly RelatedBody[];
  readonly alsoRules: readonly string[];
}

export interface RelatedBody {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly cpu: number;
  readonly tick: number;
}

/** `program` is the model's file: where a violation is shown that has no place in the model. */
export function violationBody(violation: Violation, program: string): ViolationBody {
  const { rule, severity, message, cpu, context, tick, related, alsoRules } = violation;
  const place = placeInModel(violation);
  return {
    rule,
    title: titleOf(rule),
    severity,
    message,
    ...(place === null ? { file: program, line: 1, column: 1 } : placeBody(place)),
    cpu,
    context,
    tick,
    related: related.filter((r) => r.place?.model === true).map(relatedBody),
    alsoRules: [...alsoRules],
  };
}

/** The innermost place in files of the user; the simulated kernel's files are not on the user's disk. */
function placeInModel({ place, stack }: Violation): Place | null {
  return place?.model === true ? place : (stack.find(({ model }) => model) ?? null);
}

function relatedBody({ message, place, cpu, tick }: RelatedPlace): RelatedBody {
  return { message, ...placeBody(place), cpu, tick };
}

function placeBody(place: Place | null): { file: string; line: number; column: number } {
  return { file: place?.file ?? "", line: place?.line ?? 1, column: place?.column ?? 1 };
}

/** Connects a run's events to the client: those that `isNews` (by number). `onViolation` may stop the run. */
export function tellClient(
  session: Session,
  run: Run,
  isNews: (n: number) => boolean,
  onViolation: (violation: Violation) => void,
): void {
  const { machine } = run;
  machine.on("printk", ({ text, n }) => {
    if (!isNews(n)) return;
    const place = machine.here();
    session.output("stdout", text.endsWith("\n") ? text : `${text}\n`, place?.model ? place : null);
  });
  machine.on("violation", ({ violation, n }) => {
    onViolation(violation);
    if (!isNews(n)) return;
    session.event("netdev-lab/violation", violationBody(violation, run.lab.program.model.file));
    session.output("stderr", `${violationLine(violation)}\n`, violation.place);
    for (const { message, place } of violation.related) session.output("stderr", `    ${message}\n`, place);
  });
}

function violationLine({ rule, severity, message, place, cpu, context }: Violation): string {
  const at = place === null ? "" : `${place.file}:${place.line}:${place.column}: `;
  return `${at}${severity}: ${message} [${rule}] (CPU ${cpu}, ${context})`;
}
