/** A frame goes out while another one or two come in, with long breaks in between. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wires } from "lab/workload";

const GROUPS = 24;

export default function trickle_both(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  for (let i = 0; i < GROUPS; i++) {
    const senders = names.map((dev) =>
      spawn(`send-${dev}-${i}`, () => send(dev, { count: 2, gapNs: 1_000 + i * 700 }), { cpu: 1 }),
    );
    for (const wire of wires) wire.inject({ count: 1 + (i % 2), gapNs: i * 400 });
    for (const sender of senders) wait(sender);
    sleepNs(5_000_000);
  }
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
