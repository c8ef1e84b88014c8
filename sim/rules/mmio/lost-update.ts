/** A register is read, changed and written back, and another's write in between is undone. */
import type { EventOf, EventStamp, Place } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Listeners, RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

/** The write that is lost. */
export interface LostWrite {
  readonly by: Callback | null;
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

interface Write extends LostWrite {
  readonly n: number;
  readonly value: number;
}

interface Read {
  readonly n: number;
  readonly value: number;
}

type WriteEvent = EventOf<"mmio-write"> & EventStamp;

/** @param report hears of the write that undoes bits of another one, made since its own read, and of the lost one */
export function lostUpdateListeners(
  ctx: RuleContext,
  register: string,
  report: (event: WriteEvent, call: Callback, lost: LostWrite) => void,
): Listeners {
  const note = `lost-update: ${register}`;
  const writes = new Map<unknown, Write>();
  return {
    "mmio-read": (event) => {
      if (event.register !== register) return;
      const read: Read = { n: event.n, value: event.value };
      ctx.state.callbacks.current(event.task, event.context)?.notes.set(note, read);
    },
    "mmio-write": (event) => {
      if (event.register !== register || !byModel(ctx.machine)) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const read = call?.notes.get(note) as Read | undefined;
      const last = writes.get(event.card);
      const { n, value, cpu, point: tick } = event;
      writes.set(event.card, { n, value, by: call, place: ctx.machine.here(), cpu, tick });
      call?.notes.delete(note);
      if (call === null || read === undefined || last === undefined || last.n < read.n || last.by === call)
        return;
      // bits that the other one changed, and that this one leaves as it read them
      const lost = (last.value ^ read.value) & ~(value ^ read.value);
      if (lost !== 0) report(event, call, last);
    },
  };
}
