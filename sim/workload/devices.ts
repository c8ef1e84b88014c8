/** Other inhabitants of the system: a hotplug daemon, and a device that has nothing to do with the model. */
import { block, nr_cpus, prepare_block, task_create, wake } from "machine";
import { dev_kfree_skb, ether_setup, random_ether_addr } from "../kernel/include/linux/etherdevice.ts";
import { jiffies } from "../kernel/include/linux/jiffies.ts";
import {
  alloc_netdev,
  NETDEV_REGISTER,
  NETDEV_TX_OK,
  type net_device,
  register_netdev,
  register_netdevice_notifier,
} from "../kernel/include/linux/netdevice.ts";
import { NOTIFY_DONE, notifier_block } from "../kernel/include/linux/notifier.ts";
import type { sk_buff } from "../kernel/include/linux/skbuff.ts";
import { ifconfig } from "./network.ts";
import { step } from "./step.ts";

/**
 * Starts the hotplug daemon: a process on CPU 1 that brings every new interface up the moment it is registered. It runs
 * until the end and does not keep the run from ending.
 */
export function hotplug(): void {
  step("hotplug daemon");
  const fresh: string[] = [];
  const daemon = task_create("hotplug", serve as () => void, fresh, { cpu: 1 % nr_cpus() });
  const notifier = new notifier_block();
  notifier.notifier_call = (_self: notifier_block, event: number, dev: unknown) => {
    if (event !== NETDEV_REGISTER) return NOTIFY_DONE;
    fresh.push((dev as net_device).name);
    wake(daemon);
    return NOTIFY_DONE;
  };
  register_netdevice_notifier(notifier);
}

function serve(fresh: string[]): void {
  for (;;) {
    const name = fresh.shift();
    if (name !== undefined) ifconfig(name, "up");
    else {
      prepare_block();
      if (fresh.length === 0) block("waits for new devices");
    }
  }
}

/**
 * Registers an unrelated software device that swallows what it is sent.
 * @returns its name
 */
export function plainDevice(): string {
  step("plain device");
  const dev = alloc_netdev(Object, "plain%d", plain_setup);
  if (dev === null || register_netdev(dev) !== 0) return "";
  return dev.name;
}

function plain_setup(dev: net_device): void {
  ether_setup(dev);
  dev.hard_start_xmit = plain_xmit;
  random_ether_addr(dev.dev_addr);
}

function plain_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}
