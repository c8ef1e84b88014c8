/** Sends without pause while ethtool changes the size of the rings again and again. */
import { devices, ethtool, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait } from "lab/workload";
import { ETHTOOL_SRINGPARAM } from "linux/ethtool";

const CHANGES = 8;

export default function ring_resize(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.map((dev) =>
    spawn(`send-${dev}`, () => send(dev, { count: 60, gapNs: 2_000 }), { cpu: 1 }),
  );
  for (let i = 0; i < CHANGES; i++) {
    for (const dev of names) ethtool(dev, ETHTOOL_SRINGPARAM, { rx_pending: 7, tx_pending: 4 + (i % 4) });
    sleepNs(40_000);
  }
  for (const sender of senders) wait(sender);
  sleepNs(2_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
