/** Enslaves the second interface to the first while IPv6 changes the first one's multicast list. */
import { devices, ifconfig, insmod, ioctl, multicast, rmmod, sleepNs, spawn, wait } from "lab/workload";
import { SIOCDEVPRIVATE } from "linux/sockios";

const GROUPS = ["33:33:00:00:00:01", "33:33:ff:12:34:56", "33:33:ff:00:00:02"];

export default function enslave(): void {
  if (insmod() !== 0) return;
  const [bond, slave] = devices() as [string, string];
  for (const dev of [bond, slave]) ifconfig(dev, "up");
  multicast(bond, "add", "01:00:5e:00:00:01");
  const mld = spawn("mld", () => change(bond), { cpu: 1 });
  for (let i = 0; i < 6; i++) {
    ioctl(bond, SIOCDEVPRIVATE, slave);
    sleepNs(20_000);
    ioctl(bond, SIOCDEVPRIVATE + 1, slave);
  }
  wait(mld);
  multicast(bond, "del", "01:00:5e:00:00:01");
  for (const dev of [bond, slave]) ifconfig(dev, "down");
  rmmod();
}

function change(bond: string): void {
  for (let i = 0; i < 6; i++) {
    for (const group of GROUPS) multicast(bond, "add", group, { context: "softirq" });
    sleepNs(10_000);
    for (const group of GROUPS) multicast(bond, "del", group, { context: "softirq" });
  }
}
