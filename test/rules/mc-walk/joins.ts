/** Groups come and go, from a process and from softirqs, one after the other. */
import { devices, ifconfig, insmod, multicast, rmmod, sleepNs, spawn, wait } from "lab/workload";

const ROUNDS = 30;

function listener(dev: string, mac: string, stepNs: number): void {
  for (let i = 0; i < ROUNDS; i++) {
    multicast(dev, "add", mac, { context: i % 2 === 0 ? "softirq" : undefined });
    sleepNs(stepNs);
    multicast(dev, "del", mac);
    sleepNs(stepNs / 2);
  }
}

export default function groups(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    const others = ["01:00:5e:00:00:01", "33:33:00:00:00:02", "01:00:5e:00:00:03"].map((mac, i) =>
      spawn(`listener-${i}`, () => listener(dev, mac, 3_000 + 700 * i), { cpu: i % 2 }),
    );
    for (const other of others) wait(other);
    ifconfig(dev, "down");
  }
  rmmod();
}
