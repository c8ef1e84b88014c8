/** The counters are read again and again while frames come in. */
import { devices, ifconfig, insmod, rmmod, sleepNs, spawn, stats, wait, wire } from "lab/workload";

function read(dev: string): void {
  for (let i = 0; i < 20; i++) {
    stats(dev);
    sleepNs(4_000);
  }
}

export default function counted_traffic(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const readers = names.map((dev) => spawn(`read-${dev}`, () => read(dev), { cpu: 1 }));
  wire.inject({ count: 20, size: 100, gapNs: 2_000 });
  for (const reader of readers) wait(reader);
  sleepNs(1_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
