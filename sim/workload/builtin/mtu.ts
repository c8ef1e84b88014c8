/** Changes of the MTU, allowed ones and others, down, up, and under traffic. */
import { devices, ifconfig, insmod, rmmod, send, spawn, wait } from "lab/workload";

const SIZES = [68, 576, 1500, 67, 1501, 9000, -1, 1400];

export default function mtu(): void {
  if (insmod() !== 0) return;
  const names = devices();
  change(names);
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.map((dev) =>
    spawn(`send-${dev}`, () => send(dev, { count: 16, size: 500 }), { cpu: 1 }),
  );
  change(names);
  for (const sender of senders) wait(sender);
  for (const dev of names) {
    ifconfig(dev, { mtu: 1500 });
    send(dev, { count: 2, size: 1514 });
    ifconfig(dev, "down");
  }
  rmmod();
}

function change(names: readonly string[]): void {
  for (const dev of names) for (const size of SIZES) ifconfig(dev, { mtu: size });
}
