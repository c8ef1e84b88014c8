/** Tells a run as numbered steps, CPU by CPU: who ran from where to where, with which locks held, up to the violation. */
import type { Lab } from "../lab/lab.ts";
import type { Place } from "../machine/events.ts";
import { type Decision, Replay, type Strategy, type Transition } from "../machine/schedule.ts";
import type { Runner } from "./runner.ts";
import { sameViolation, type Target } from "./shrink.ts";

export interface Step {
  readonly n: number;
  readonly cpu: number;
  readonly task: string;
  readonly context: string;
  /** Places of the model that it passed, the first and the last of them. */
  readonly from: StoryPlace | null;
  readonly to: StoryPlace | null;
  readonly locks: readonly string[];
  /** What it did that matters: took and gave locks, woke, blocked. */
  readonly did: readonly string[];
  readonly point: number;
}

export interface StoryPlace {
  readonly file: string;
  readonly line: number;
  readonly fn: string;
  readonly text: string;
}

interface Open {
  readonly cpu: number;
  readonly task: string;
  readonly context: string;
  from: Place | null;
  to: Place | null;
  readonly did: string[];
  readonly point: number;
}

const MANY_DEEDS = 6;

/** Follows a strategy and tells of each switch before it happens. */
class Watched implements Strategy {
  readonly #inner: Strategy;
  onSwitch: (to: Transition) => void = () => {};

  constructor(inner: Strategy) {
    this.#inner = inner;
  }

  runLength(point: number): number {
    return this.#inner.runLength(point);
  }

  pick(transitions: readonly Transition[], current: number, voluntary: boolean, point: number): number {
    const i = this.#inner.pick(transitions, current, voluntary, point);
    const t = transitions[i]!;
    if (!(voluntary && t.kind === "run" && t.cpu === current)) this.onSwitch(t);
    return i;
  }

  choose(what: string, n: number, point: number): number {
    return this.#inner.choose(what, n, point);
  }

  only(transition: Transition): void {
    if (transition.kind !== "run") this.onSwitch(transition);
  }
}

export function tellStory(
  runner: Runner,
  decisions: readonly Decision[],
  target: Target,
  model: string,
  mayGoOn: () => boolean = () => true,
): Step[] {
  const steps: Step[] = [];
  let open: Open | null = null;
  let over = false;
  const watched = new Watched(new Replay(decisions));
  const watch = ({ machine, rules, program }: Lab): void => {
    const sources = new Map(
      [...program.modelModules, ...program.workloadModules].map((m) => [m.file, m.source]),
    );
    const close = (): void => {
      if (open === null) return;
      const { cpu, task, context, from, to, did, point } = open;
      const locks = rules.heldLocks(cpu).map((held) => held.lock.lockName);
      if (from !== null || did.length > 0) {
        const n = steps.length + 1;
        steps.push({
          n,
          cpu,
          task,
          context,
          from: told(from, sources),
          to: told(to, sources),
          locks,
          did,
          point,
        });
      }
      open = null;
    };
    watched.onSwitch = (to) => {
      if (over) return;
      const here = machine.here();
      if (open !== null && here?.model) {
        open.from ??= here;
        open.to = here;
      }
      close();
      if (to.kind === "hardware") return;
      const cpu = machine.cpus[to.cpu]!;
      const task = to.kind === "task" ? machine.tasks[to.id]! : cpu.current;
      const from = machine.places.ofTask(task, machine);
      const context =
        task.context.kind === "process" ? "process" : `${task.context.kind} ${task.context.name}`;
      if (to.kind !== "vector")
        open = {
          cpu: to.cpu,
          task: task.name,
          context,
          from: from?.model ? from : null,
          to: null,
          did: [],
          point: machine.pointCount,
        };
    };
    machine.onAny((event) => {
      if (over) return;
      const context =
        event.context.kind === "process" ? "process" : `${event.context.kind} ${event.context.name}`;
      if (
        open === null ||
        open.cpu !== event.cpu ||
        open.task !== event.task.name ||
        open.context !== context
      ) {
        close();
        open = {
          cpu: event.cpu,
          task: event.task.name,
          context,
          from: null,
          to: null,
          did: [],
          point: event.point,
        };
      }
      // between two tasks the machine stands nowhere
      const here = event.type === "task-switched" ? null : machine.here();
      if (here?.model) {
        open.from ??= here;
        open.to = here;
      }
      const deed = deedOf(event as never);
      if (deed !== null && open.did.length < MANY_DEEDS && open.did.at(-1) !== deed) open.did.push(deed);
      if (event.type === "violation" && sameViolation(event.violation, target, model)) {
        open.did.push(`breaks ${event.violation.rule}: ${event.violation.message}`);
        close();
        over = true;
      }
    });
  };
  runner.play(watched, { watch, mayGoOn: () => !over && mayGoOn() });
  return steps;
}

function told(place: Place | null, sources: ReadonlyMap<string, string>): StoryPlace | null {
  if (place === null) return null;
  const { file, line, fn } = place;
  return { file, line, fn, text: (sources.get(file)?.split("\n")[line - 1] ?? "").trim() };
}

function deedOf(event: {
  type: string;
  lock?: { lockName: string };
  woken?: { name: string };
  why?: string;
  slot?: string;
  name?: string;
  ended?: { name: string };
}): string | null {
  switch (event.type) {
    case "lock-acquired":
      return `takes ${event.lock?.lockName}`;
    case "lock-contended":
      return `waits for ${event.lock?.lockName}`;
    case "lock-release":
      return `gives ${event.lock?.lockName} back`;
    case "task-woken":
      return `wakes ${event.woken?.name}`;
    case "task-blocked":
      return `blocks: ${event.why}`;
    case "task-ended":
      return `${event.ended?.name} ends`;
    case "callback-entered":
      return `enters ${event.name} (${event.slot})`;
    case "interrupt-requested":
      return "requests an interrupt";
    default:
      return null;
  }
}

/** One line a step. */
export function storyText(steps: readonly Step[], short: (file: string) => string = (f) => f): string {
  return steps
    .map(({ n, cpu, task, context, from, to, locks, did }) => {
      const where =
        from === null
          ? ""
          : ` ${short(from.file)}:${from.line}${to !== null && to.line !== from.line ? `-${to.line}` : ""} ${from.fn}()`;
      const held = locks.length > 0 ? ` [holds ${locks.join(", ")}]` : "";
      return `${String(n).padStart(3)}. CPU ${cpu}, ${task}${context === "process" ? "" : ` (${context})`}:${where}${held}${did.length > 0 ? ` — ${did.join("; ")}` : ""}`;
    })
    .join("\n");
}
