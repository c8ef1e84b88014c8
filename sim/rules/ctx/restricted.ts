/** What the rules about calls that interrupt context forbids have in common. */
import type { EventOf, Stamped } from "../../machine/events.ts";
import { at, byModel } from "../help.ts";
import type { Finding, Listeners, RuleContext } from "../rule.ts";

type Restricted = Stamped<EventOf<"context-restricted">>;

export function restrictedIn(
  ctx: RuleContext,
  names: readonly string[],
  forbidden: (event: Restricted) => boolean,
  kernel: readonly string[] = [],
): Listeners {
  return {
    "context-restricted": (event) => {
      if (names.includes(event.fn) && forbidden(event) && byModel(ctx.machine)) {
        ctx.report({ ...restrictedFinding(ctx, event), kernel });
      }
    },
  };
}

function restrictedFinding(ctx: RuleContext, event: Restricted): Finding {
  const off = ctx.state.locks.irqsOffAt(event.cpu);
  const where = event.inIrq
    ? "in an interrupt handler"
    : event.irqsDisabled
      ? `with interrupts off since ${at(off)}`
      : "in softirq context or with bottom halves disabled";
  const places =
    off && event.irqsDisabled
      ? [{ message: "interrupts were turned off", place: off, cpu: event.cpu, tick: event.point }]
      : [];
  return { message: `${event.fn}() is called ${where}`, related: places };
}
