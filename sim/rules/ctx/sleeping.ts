/** What the rules about sleeping have in common: why a context may not sleep, and the kernel's report. */
import type { EventOf, RelatedPlace, Stamped } from "../../machine/events.ts";
import { at, related } from "../help.ts";
import { preemptDepth, softirqDepth } from "../preempt-count.ts";
import { fileLine } from "../report.ts";
import type { Finding, RuleContext } from "../rule.ts";

export type MightSleep = Stamped<EventOf<"might-sleep">>;

/** The call is made by the model, in a context that may not sleep. */
export function forbidden(ctx: RuleContext, event: MightSleep): boolean {
  return (event.atomic || event.irqsDisabled) && ctx.machine.here()?.model === true;
}

export function sleepFinding(ctx: RuleContext, event: MightSleep): Finding {
  const [why, places] = reason(ctx, event);
  const what =
    event.gfp === undefined ? `${event.fn}() may sleep` : `${event.fn}() with GFP_KERNEL may sleep`;
  const place = ctx.machine.here();
  const where = place ? fileLine(place) : event.fn;
  return {
    message: `${what}, but ${why}`,
    related: places,
    kernel: [
      `BUG: sleeping function called from invalid context at ${where}`,
      `in_atomic():${event.atomic ? 1 : 0}, irqs_disabled():${event.irqsDisabled ? 1 : 0}`,
    ],
  };
}

function reason(ctx: RuleContext, event: MightSleep): [string, RelatedPlace[]] {
  const { locks, callbacks } = ctx.state;
  const spinning = locks.of(event.task).filter((held) => SPINNING.has(held.kind));
  const reasons: string[] = [];
  const places: RelatedPlace[] = [];
  if (event.context.kind === "hardirq") reasons.push("this is an interrupt handler");
  if (event.context.kind === "softirq") reasons.push("this is softirq context");
  for (const held of spinning) {
    reasons.push(`${ctx.state.lockName(held.lock)} is held since ${at(held.place)}`);
    places.push(related(`${ctx.state.lockName(held.lock)} was taken`, held));
  }
  if (reasons.length === 0 && softirqDepth(event.task.preemptCount) > 0)
    reasons.push("bottom halves are disabled");
  if (reasons.length === 0 && preemptDepth(event.task.preemptCount) > 0)
    reasons.push("preemption is disabled");
  if (event.irqsDisabled) {
    const off = locks.irqsOffAt(event.cpu);
    reasons.push(`interrupts are off since ${at(off)}`);
    if (off)
      places.push({ message: "interrupts were turned off", place: off, cpu: event.cpu, tick: event.point });
  }
  const callback = callbacks.current(event.task, event.context);
  const inside = callback ? ` in ${callback.slot}` : "";
  return [reasons.join(" and ") + inside, places];
}

const SPINNING: ReadonlySet<string> = new Set(["spin", "read", "write"]);
