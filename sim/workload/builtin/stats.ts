/** Readers of the counters against open, close and traffic. */
import {
  devices,
  ifconfig,
  insmod,
  stats as read_stats,
  rmmod,
  send,
  sleepNs,
  spawn,
  sysfs,
  wait,
} from "lab/workload";

const READS = 20;

export default function stats(): void {
  if (insmod() !== 0) return;
  const names = devices();
  const readers = names.flatMap((dev) => [
    spawn(`proc-${dev}`, () => read_proc(dev), { cpu: 1 }),
    spawn(`sysfs-${dev}`, () => read_sysfs(dev), { cpu: 0 }),
  ]);
  for (let i = 0; i < 4; i++) {
    for (const dev of names) {
      ifconfig(dev, "up");
      send(dev, { count: 3 });
      ifconfig(dev, "down");
    }
  }
  for (const reader of readers) wait(reader);
  rmmod();
}

function read_proc(dev: string): void {
  for (let i = 0; i < READS; i++) {
    read_stats(dev);
    sleepNs(15_000);
  }
}

function read_sysfs(dev: string): void {
  const file = sysfs(`/sys/class/net/${dev}/statistics/tx_packets`);
  for (let i = 0; i < READS; i++) {
    file.read();
    sleepNs(25_000);
  }
  file.close();
}
