import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import { byModel, isModelLock, kernelCalls, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { CTRL_TX_EN } from "../state/cards.ts";

export const xmitLltxDisable: Rule = {
  id: "xmit-lltx-disable",
  family: "lock",
  title: "netif_tx_disable() of a driver that locks for itself",
  statement:
    "With NETIF_F_LLTX hard_start_xmit runs without xmit_lock: netif_tx_disable() stops the queue and waits for nobody.",
  severity: "error",
  condition:
    "netif_tx_disable() of an LLTX device returns while hard_start_xmit runs, and before that has ended the caller, without having taken a lock of the driver, frees what is sent or stops the transmitter",
  source:
    "include/linux/netdevice.h: netif_tx_disable(); Documentation/networking/netdevices.txt, NETIF_F_LLTX",
  kernelMessage: null,
  wrong: "netif_tx_disable(dev); // features has NETIF_F_LLTX\nfree_tx_ring(p);",
  right: "netif_stop_queue(dev);\nspin_lock_irq(p.tx_lock);\nfree_tx_ring(p);\nspin_unlock_irq(p.tx_lock);",
  fix: "Take the lock that hard_start_xmit takes.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    interface Disabled {
      readonly device: DeviceLike;
      readonly still: readonly Callback[];
      readonly place: Place | null;
      readonly cpu: number;
      readonly tick: number;
    }
    const tearsDown = (event: EventStamp, what: string): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      const disabled = call?.notes.get(DISABLED) as Disabled | undefined;
      if (call === null || disabled === undefined || !byModel(ctx.machine)) return;
      const running = ctx.state.callbacks.running();
      const xmit = disabled.still.find((other) => running.includes(other));
      if (xmit === undefined) return;
      ctx.report({
        message: `${call.name}() ${what} after netif_tx_disable(), and ${xmit.name}() still runs: ${disabled.device.name} has NETIF_F_LLTX`,
        about: [disabled.device],
        related: [related("netif_tx_disable() waited for nobody", disabled)],
        also: ["lock-private-tx-lltx"],
      });
    };
    return {
      "queue-stopped": (event) => {
        if (!kernelCalls(ctx.machine).includes("netif_tx_disable")) return;
        const { features = 0 } = event.device as DeviceLike & { readonly features?: number };
        const still = ctx.state.callbacks
          .running()
          .filter((c) => c.slot === "hard_start_xmit" && c.owner === event.device);
        if ((features & NETIF_F_LLTX) === 0 || still.length === 0) return;
        const { cpu, point: tick, device } = event;
        ctx.state.callbacks
          .current(event.task, event.context)
          ?.notes.set(DISABLED, { device, still, place: ctx.machine.here(), cpu, tick });
      },
      "lock-acquired": (event) => {
        if (isModelLock(event.lock))
          ctx.state.callbacks.current(event.task, event.context)?.notes.delete(DISABLED);
      },
      "skb-freed": (event) => tearsDown(event, "frees packets"),
      "dma-unmapped": (event) => tearsDown(event, "unmaps packets"),
      "memory-freed": (event) => tearsDown(event, "frees memory"),
      "mmio-write": (event) => {
        if (event.register === "CTRL" && (event.value & CTRL_TX_EN) === 0)
          tearsDown(event, "stops the transmitter");
      },
    };
  },
};

const NETIF_F_LLTX = 4096;
const DISABLED = "xmit-lltx-disable";
