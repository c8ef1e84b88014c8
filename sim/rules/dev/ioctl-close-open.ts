import type { EventStamp, Place } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { present, privateOf, running } from "../txq/device.ts";

export const ioctlCloseOpen: Rule = {
  id: "ioctl-close-open",
  family: "dev",
  title: "Device left half open",
  statement:
    "Who closes and opens a running device to change something looks whether opening succeeded: if not, the device is closed, or it says that it is down.",
  severity: "warning",
  condition:
    "a callback gives back the interrupt or memory of an open device, fails to get it again, and leaves the device open and present",
  source: "net/core/dev.c: dev_open(), dev_close()",
  kernelMessage: null,
  wrong: "my_stop(dev);\np.ring_size = n;\nmy_open(dev); // its error is ignored",
  right: "my_stop(dev);\np.ring_size = n;\nif (my_open(dev)) dev_close(dev);",
  fix: "Call dev_close() if opening fails, or get the new before the old is given back.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    interface Given {
      readonly what: "interrupt" | "memory";
      readonly id: unknown;
      readonly place: Place | null;
      readonly cpu: number;
      readonly tick: number;
    }
    const call_of = (event: EventStamp): Callback | null => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      return call !== null && !OTHERS.has(call.slot) && byModel(ctx.machine) ? call : null;
    };
    const given = (call: Callback): Given[] => (call.notes.get(GIVEN) as Given[] | undefined) ?? [];
    const give = (event: EventStamp, what: Given["what"], id: unknown): void => {
      const call = call_of(event);
      const where = { place: ctx.machine.here(), cpu: event.cpu, tick: event.point };
      if (call !== null) call.notes.set(GIVEN, [...given(call), { what, id, ...where }]);
    };
    const failed = (event: EventStamp): void => void call_of(event)?.notes.set(FAILED, true);
    return {
      "irq-freed": (event) => {
        if (event.found) give(event, "interrupt", event.devId);
      },
      "irq-requested": (event) => {
        if (event.result !== 0) failed(event);
        else {
          const call = call_of(event);
          if (call !== null)
            call.notes.set(
              GIVEN,
              given(call).filter((one) => one.id !== event.devId),
            );
        }
      },
      "memory-freed": (event) => {
        if (event.object !== null && event.wrong === undefined) give(event, "memory", event.object);
      },
      "memory-allocated": (event) => {
        if (event.failed) failed(event);
        else {
          const call = call_of(event);
          const list = call === null ? [] : given(call);
          const at = list.findIndex((one) => one.what === "memory");
          if (call !== null && at >= 0) call.notes.set(GIVEN, list.toSpliced(at, 1));
        }
      },
      "dma-map-failed": (event) => failed(event),
      "callback-left": () => {
        const call = ctx.state.callbacks.left;
        if (call === null || !call.notes.has(FAILED)) return;
        const lost = given(call).find((one) => one.what === "interrupt") ?? given(call)[0];
        const device = [...ctx.state.resources.devices.keys()].find(
          (one) =>
            call.owner === one || lost?.id === one || (lost !== undefined && lost.id === privateOf(one)),
        );
        if (lost === undefined || device === undefined || !running(device) || !present(device)) return;
        ctx.report({
          message: `${call.name}() has given the ${lost.what} of ${device.name} back and not got it again, and leaves the device open`,
          place: ctx.state.callbacks.place(call),
          about: [device],
          related: [related("it is given back", lost)],
        });
      },
    };
  },
};

/** Callbacks that open and close for others, or do not change a device as a whole. */
const OTHERS: ReadonlySet<string> = new Set([
  "open",
  "stop",
  "probe",
  "remove",
  "module_init",
  "module_exit",
  "suspend",
  "resume",
  "irq",
  "poll",
  "hard_start_xmit",
  "get_stats",
]);
const GIVEN = "ioctl-close-open: given back";
const FAILED = "ioctl-close-open: failed";
