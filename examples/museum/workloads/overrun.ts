/** More frames come in, for longer, than the driver can take out of its ring while it sends, too. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wires } from "lab/workload";

export default function overrun(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.map((dev) => spawn(`send-${dev}`, () => send(dev, { count: 20 }), { cpu: 1 }));
  for (const wire of wires) wire.inject({ count: 120 });
  for (const sender of senders) wait(sender);
  sleepNs(20_000_000);
  for (const wire of wires) wire.inject({ count: 4 });
  sleepNs(20_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
