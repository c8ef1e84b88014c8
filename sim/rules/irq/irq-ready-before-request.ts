import type { EventStamp, Place } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import type { OwnedIrq } from "../state/resources.ts";

export const irqReadyBeforeRequest: Rule = {
  id: "irq-ready-before-request",
  family: "irq",
  title: "Handler called before everything is ready",
  statement:
    "The handler may run as soon as request_irq() has its line: rings, locks and registers that it uses are ready before.",
  severity: "error",
  condition:
    "a handler, or the poll that it has scheduled, runs into null, an uninitialised lock or timer, an unmapped register or a mapping that is not there before the call (open, probe, module_init) that requested the line has returned",
  source:
    "kernel/irq/manage.c: request_irq() (CONFIG_DEBUG_SHIRQ of later kernels calls the handler at once)",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);\np.ring = alloc_ring(p);",
  right: "p.ring = alloc_ring(p);\nrequest_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);",
  fix: "Request the line last.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    /** Where it was seen first, by the call that came too late. */
    const told = new Map<Callback, Place | null>();
    /** Polls that an early handler has scheduled, by device. */
    const polls = new Map<unknown, Early>();
    const earlyPoll = (event: EventStamp): Early | null => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "poll");
      const early = call === null ? undefined : polls.get(call.owner);
      if (!call || !early || !ctx.state.callbacks.running().includes(early.within)) return null;
      return { ...early, call };
    };
    const early = (event: EventStamp, what: string, also: string[], place?: Place | null): void => {
      const found = earlyHandler(ctx, event) ?? earlyPoll(event);
      if (found === null) return;
      const { call, held, within } = found;
      // what follows belongs to the first misfortune
      if (!told.has(within)) told.set(within, place === undefined ? ctx.machine.here() : place);
      ctx.report({
        message: `${call.name}() runs before ${within.name}(), which requested its interrupt, is done: ${what}`,
        place: told.get(within)!,
        about: [held.devId],
        related: [related("the interrupt was requested", held)],
        also,
      });
    };
    return {
      oops: (event) => early(event, event.message, ["oops"], event.stack.find((p) => p.model) ?? null),
      "lock-uninitialised": (event) => early(event, "a lock is not initialised", ["lock-uninit"]),
      "timer-misused": (event) =>
        event.how === "no-function" && early(event, "a timer is not initialised", ["timer-init"]),
      "dma-unmapped": (event) => {
        if (event.mapping === null && byModel(ctx.machine))
          early(event, "it undoes a mapping that is not there", ["dma-double-unmap"]);
      },
      "poll-scheduled": (event) => {
        const found = earlyHandler(ctx, event);
        if (found === null) polls.delete(event.device);
        else polls.set(event.device, found);
      },
    };
  },
};

/** A callback that runs before the one that requested its interrupt has returned. */
interface Early {
  readonly call: Callback;
  readonly held: OwnedIrq;
  readonly within: Callback;
}

/** The handler that runs here, if the callback that requested it has not returned. */
export function earlyHandler(ctx: RuleContext, event: EventStamp): Early | null {
  const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
  if (call === null) return null;
  const held = ctx.state.resources.irqs.find(
    (owned) => owned.irq === call.args[0] && owned.devId === call.args[1],
  );
  if (held === undefined) return null;
  const within = ctx.state.callbacks
    .running()
    .find((c) => SETUP.has(c.slot) && c.since < held.n && c !== call && c.context.kind === "process");
  return within ? { call, held, within } : null;
}

const SETUP: ReadonlySet<string> = new Set(["open", "probe", "module_init", "resume", "init"]);
