import type { EventStamp } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type CardState, INT_RX } from "../state/cards.ts";

export const napiMaskAfterSched: Rule = {
  id: "napi-mask-after-sched",
  family: "napi",
  title: "Masked after poll was scheduled",
  statement:
    "The receive interrupt is masked before __netif_rx_schedule(): a poll on another CPU may have unmasked it by then, and the late mask stays for ever.",
  severity: "error",
  condition:
    "a handler schedules poll, or finds it scheduled, and then masks the receive interrupt without a lock held since; or the interrupt stays masked with no poll scheduled when a handler returns",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong: "netif_rx_schedule(dev);\niowrite32(0, p.regs + IMR);",
  right: "if (netif_rx_schedule_prep(dev)) {\n  iowrite32(0, p.regs + IMR);\n  __netif_rx_schedule(dev);\n}",
  fix: "Put the mask between prep and schedule.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const late = (event: EventStamp, card: CardState): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      const since = call?.slot === "irq" ? (call.notes.get(SCHEDULED) as number | undefined) : undefined;
      if (call === null || since === undefined || card.device === null) return;
      const locked = ctx.state.locks
        .inContext(event.context)
        .some((lock) => lock.tick <= since && lock.place?.model);
      if (locked) return;
      ctx.report({
        message: `${call.name}() masks the receive interrupt of ${card.device.name} after it scheduled poll`,
        about: [card.device],
      });
    };
    return {
      "poll-scheduled": (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (call?.slot === "irq" && byModel(ctx.machine)) call.notes.set(SCHEDULED, event.point);
      },
      "mmio-write": (event) => {
        if (event.register !== "IMR" || event.value & INT_RX || !byModel(ctx.machine)) return;
        late(event, ctx.state.cards.of(event.card));
      },
    };
  },
};

const SCHEDULED = "napi-mask-after-sched";
