import type { LockLike } from "../../machine/events.ts";
import type { CardLike } from "../../machine/hardware-events.ts";
import { byModel, related, together } from "../help.ts";
import { type LostWrite, lostUpdateListeners } from "../mmio/lost-update.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { samePlace } from "../state/held-locks.ts";

export const mcRegLock: Rule = {
  id: "mc-reg-lock",
  family: "dev",
  title: "Filter register changed without the lock",
  statement:
    "Registers that set_multicast_list shares with the handler or hard_start_xmit (CTRL with its filter bits, the window) are read and written back under the driver's lock.",
  severity: "error",
  condition:
    "between a read and the write of CTRL by one callback another one writes CTRL, and one of the two is set_multicast_list: a change is lost; or the two do so without a common lock",
  source: "Documentation/DocBook/deviceiobook.tmpl",
  kernelMessage: null,
  wrong: "iowrite32(ioread32(p.regs + CTRL) | PROMISC, p.regs + CTRL);",
  right: "spin_lock_irqsave(p.lock);\niowrite32(ioread32(p.regs + CTRL) | PROMISC, p.regs + CTRL);",
  fix: "Take the lock that the others take.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    const changes = new Map<CardLike, Change[]>();
    const tell = (name: string, message: string, card: CardLike, other: LostWrite): void =>
      ctx.report({
        message: `CTRL of ${card.name} is ${message} ${other.by?.name ?? name}()`,
        about: [card],
        related: [related("the other write", other)],
        also: ["mmio-window"],
      });
    return together(
      lostUpdateListeners(ctx, "CTRL", (event, call, lost) => {
        if (call.slot !== FILTER && lost.by?.slot !== FILTER) return;
        tell(call.name, "written back without what was written meanwhile by", event.card, lost);
      }),
      {
        // another driver's or another load's locks are others
        "pci-unbound": (event) => void changes.delete(event.card),
        "mmio-read": (event) => {
          if (event.register === "CTRL")
            ctx.state.callbacks.current(event.task, event.context)?.notes.set(READ, true);
        },
        "mmio-write": (event) => {
          const call = ctx.state.callbacks.current(event.task, event.context);
          if (event.register !== "CTRL" || call === null || !byModel(ctx.machine)) return;
          const changed = call.notes.get(READ) === true;
          call.notes.delete(READ);
          if (!changed || (call.slot !== FILTER && !BESIDE.has(call.slot))) return;
          const exclusive = ctx.state.locks.inContext(event.context).filter((held) => held.kind !== "read");
          const locks = new Set(exclusive.map((held) => held.lock));
          const change = { by: call, locks, place: ctx.machine.here(), cpu: event.cpu, tick: event.point };
          const all = changes.get(event.card) ?? [];
          const other = all.find(
            ({ by, locks: held }) =>
              (by.slot === FILTER) !== (call.slot === FILTER) && ![...held].some((lock) => locks.has(lock)),
          );
          if (other !== undefined)
            tell(call.name, "read, changed and written back, and no lock is common with", event.card, other);
          if (!all.some(({ by, place }) => by.slot === call.slot && samePlace(place, change.place)))
            changes.set(event.card, [...all, change]);
        },
      },
    );
  },
};

interface Change extends LostWrite {
  readonly by: Callback;
  readonly locks: ReadonlySet<LockLike>;
}

const FILTER = "set_multicast_list";
/** Callbacks that run beside it, whatever the core holds. */
const BESIDE: ReadonlySet<string> = new Set(["irq", "poll", "timer", "tasklet", "work"]);
const READ = "mc-reg-lock: read";
