/** The link comes and goes while frames come in and go out. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wires } from "lab/workload";

export default function flapping(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.map((dev) =>
    spawn(`send-${dev}`, () => send(dev, { count: 10, gapNs: 60_000 }), { cpu: 1 }),
  );
  for (let i = 0; i < 12; i++) {
    for (const wire of wires) {
      wire.carrier(i % 2 === 1);
      wire.inject({ count: 3 });
    }
    sleepNs(40_000);
  }
  for (const sender of senders) wait(sender);
  sleepNs(20_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
