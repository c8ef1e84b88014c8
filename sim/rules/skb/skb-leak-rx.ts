import type { DeviceLike } from "../../machine/events.ts";
import { reachable, related } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";
import type { SkbRecord } from "../state/skb-ownership.ts";
import { privateOf } from "../txq/device.ts";

export const skbLeakRx: Rule = {
  id: "skb-leak-rx",
  family: "skb",
  title: "Receive buffer lost",
  statement: "Each socket buffer that the driver allocates is passed up, used again or freed.",
  severity: "warning",
  condition:
    "the module is gone (or its init has failed) while a buffer that it allocated has been neither freed nor passed on, and no stop left it in the ring",
  source: "net/core/skbuff.c: alloc_skb(); Documentation/networking/driver.txt",
  kernelMessage: null,
  wrong: "const skb = dev_alloc_skb(len);\nif (bad) break;",
  right: "if (bad) break;\nconst skb = dev_alloc_skb(len);",
  fix: "Free it on each path that does not pass it on.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const leaked = (lost: readonly SkbRecord[]): void => {
      for (const record of lost) {
        ctx.state.skbs.forget(record);
        ctx.report({
          message: `a socket buffer that was allocated here (${record.skb.len} bytes of data) was neither passed up nor freed`,
          place: record.allocated?.place ?? null,
          about: [record.skb],
          stack: [],
        });
      }
    };
    return whenGone(ctx, (record) => !record.atStop, leaked);
  },
};

/** Judges buffers that the model still owns when its code is gone. */
export function whenGone(
  ctx: RuleContext,
  wanted: (record: SkbRecord) => boolean,
  judge: (lost: readonly SkbRecord[]) => void,
): NonNullable<ReturnType<NonNullable<Rule["listen"]>>> {
  const gone = (): void => judge(ctx.state.skbs.own.filter((record) => !record.shared && wanted(record)));
  return {
    "module-loaded": (event) => void (event.result !== 0 && gone()),
    "module-unloaded": (event) => void (event.result === 0 && gone()),
  };
}

/** Where in the private area of the device the buffer hangs. */
export function inDevice(device: DeviceLike, record: SkbRecord): boolean {
  const area = privateOf(device);
  return area !== null && reachable(area, record.skb, new Set<unknown>([device]));
}

/** What a report says about the buffer's origin. */
export function origin(record: SkbRecord): ReturnType<typeof related>[] {
  return record.allocated ? [related("the buffer was allocated", record.allocated)] : [];
}
