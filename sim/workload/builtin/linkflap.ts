/** The cable is plugged out and in, under traffic and while the interface is down. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wires } from "lab/workload";

const FLAPS = 4;

export default function linkflap(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.map((dev) =>
    spawn(`send-${dev}`, () => send(dev, { count: 20, gapNs: 50_000 }), { cpu: 1 }),
  );
  for (let i = 0; i < FLAPS; i++) {
    for (const wire of wires) wire.carrier(false);
    sleepNs(100_000 * (i + 1));
    for (const wire of wires) wire.carrier(true);
    sleepNs(150_000);
  }
  for (const sender of senders) wait(sender);
  sleepNs(1_500_000_000);
  for (const dev of names) ifconfig(dev, "down");
  for (const wire of wires) wire.carrier(false);
  for (const dev of names) ifconfig(dev, "up");
  for (const wire of wires) wire.carrier(true);
  sleepNs(1_500_000_000);
  for (const dev of names) {
    send(dev, { count: 2 });
    ifconfig(dev, "down");
  }
  rmmod();
}
