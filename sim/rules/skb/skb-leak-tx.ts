import type { DeviceLike, Place } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { NetDevice } from "../txq/device.ts";

export const skbLeakTx: Rule = {
  id: "skb-leak-tx",
  family: "skb",
  title: "Transmitted buffer never freed",
  statement:
    "After NETDEV_TX_OK the driver owns the buffer and frees it in bounded time, at the latest in stop.",
  severity: "error",
  condition:
    "the device is unregistered or the module gone while a buffer that hard_start_xmit accepted has been neither freed nor passed on",
  source: "Documentation/networking/driver.txt (3)",
  kernelMessage: null,
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  if (skb.len > MAX) return NETDEV_TX_OK; // lost\n",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  if (skb.len > MAX) {\n    dev_kfree_skb(skb);\n    return NETDEV_TX_OK;\n  }",
  fix: "Free it where it is dropped; free what is in the ring in stop and tx_timeout.",
  consequence: "object",
  detectedBy: ["static", "run"],
  specialises: ["skb-ok-not-taken"],
  listen: (ctx) => {
    const devices = new Map<DeviceLike, Place | null>();
    const judge = (device: DeviceLike): void => {
      for (const record of ctx.state.skbs.outstanding(device)) {
        const { taken } = record;
        if (taken === null) continue;
        ctx.state.skbs.forget(record);
        ctx.report({
          message: record.slot
            ? `a packet of ${record.skb.len} bytes that hard_start_xmit of ${device.name} accepted was never freed`
            : `hard_start_xmit of ${device.name} returned NETDEV_TX_OK for a packet of ${record.skb.len} bytes that it neither kept nor freed`,
          place: devices.get(device) ?? null,
          about: [record.skb, device],
          related: [related("hard_start_xmit returned NETDEV_TX_OK", taken)],
          stack: [],
        });
      }
    };

    return {
      "skb-to-driver": (event) => {
        if (devices.has(event.device)) return;
        const xmit = (event.device as NetDevice).hard_start_xmit;
        devices.set(event.device, xmit ? ctx.state.callbacks.place(xmit) : null);
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        for (const device of devices.keys()) judge(device);
        devices.clear();
      },
    };
  },
};
