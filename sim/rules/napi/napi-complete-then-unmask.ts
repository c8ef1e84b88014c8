import type { Place } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { INT_RX } from "../state/cards.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiCompleteThenUnmask: Rule = {
  id: "napi-complete-then-unmask",
  family: "napi",
  title: "Completed and unmasked out of step",
  statement:
    "First netif_rx_complete(), then the unmask, both in one section that the handler cannot enter: else an interrupt in between finds poll scheduled, or a poll is scheduled and unmasked at once.",
  severity: "error",
  condition:
    "poll unmasks the receive interrupt after a handler has scheduled poll again; or, with edge-triggered interrupts, before it completes, without a lock, and does not look at the ring afterwards",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "iowrite32(p.mask, p.regs + IMR);\nnetif_rx_complete(dev);",
  right:
    "const flags = spin_lock_irqsave(p.lock);\n__netif_rx_complete(dev);\niowrite32(p.mask, p.regs + IMR);\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Do both under the lock that the handler takes.",
  detectedBy: ["explore"],
  listen: (ctx) => ({
    "poll-completed": (event) => {
      ctx.state.callbacks.current(event.task, event.context)?.notes.set(COMPLETED, event.point);
    },
    "mmio-write": (event) => {
      if (event.register !== "IMR" || (event.value & INT_RX) === 0 || !byModel(ctx.machine)) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const { device } = ctx.state.cards.of(event.card);
      if (call?.slot !== "poll" || device === null) return;
      const locked = ctx.state.locks
        .inContext(event.context)
        .some((lock) => lock.place?.model && lock.kind === "spin");
      if (call.notes.has(COMPLETED)) {
        if (!pollScheduled(device) || locked || call.notes.has(AGAIN)) return;
        ctx.report({
          message: `poll of ${device.name} unmasks the receive interrupt after a handler has scheduled poll again`,
          about: [device],
          also: ["napi-mask-shared"],
        });
      } else if (!locked) {
        call.notes.set(EARLY, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
      }
    },
    "poll-scheduled": (event) => {
      if (event.inPoll) ctx.state.callbacks.current(event.task, event.context)?.notes.set(AGAIN, true);
    },
    "mmio-read": (event) => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call?.slot === "poll" && call.notes.has(COMPLETED)) call.notes.delete(EARLY);
    },
    "poll-result": (event) => {
      const call = ctx.state.callbacks.lastOf(event.context);
      const since = call?.notes.get(EARLY) as Where | undefined;
      const card = ctx.state.cards.ofDevice(event.device);
      if (since === undefined || !event.completed || !card?.msi || call?.notes.has(AGAIN)) return;
      if (ctx.machine.cpus.length < 2) return;
      ctx.report({
        message: `poll of ${event.device.name} unmasks the receive interrupt before it completes: an edge in between is lost`,
        place: since.place,
        about: [event.device],
      });
    },
  }),
};

interface Where {
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

const COMPLETED = "napi-complete-then-unmask: completed";
const EARLY = "napi-complete-then-unmask: early";
const AGAIN = "napi-complete-then-unmask: scheduled again";
