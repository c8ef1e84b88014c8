/** Changes of the multicast list, from processes and from softirqs, under traffic. */
import {
  multicast as change,
  devices,
  ifconfig,
  insmod,
  rmmod,
  send,
  sleepNs,
  spawn,
  wait,
} from "lab/workload";

const GROUPS = ["01:00:5e:00:00:01", "01:00:5e:00:00:fb", "33:33:00:00:00:01", "33:33:ff:12:34:56"];

export default function multicast(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const others = names.flatMap((dev) => [
    spawn(`send-${dev}`, () => send(dev, { count: 12, gapNs: 5_000 }), { cpu: 0 }),
    spawn(`igmp-${dev}`, () => join_and_leave(dev, "process"), { cpu: 1 }),
    spawn(`mld-${dev}`, () => join_and_leave(dev, "softirq"), { cpu: 0 }),
  ]);
  for (const dev of names) {
    ifconfig(dev, { promisc: true });
    ifconfig(dev, { allmulti: true });
    ifconfig(dev, { promisc: false });
    ifconfig(dev, { allmulti: false });
  }
  for (const other of others) wait(other);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}

function join_and_leave(dev: string, context: "process" | "softirq"): void {
  const groups = context === "process" ? GROUPS.slice(0, 2) : GROUPS.slice(2);
  for (const group of groups) {
    change(dev, "add", group, { context });
    sleepNs(10_000);
  }
  for (const group of groups) change(dev, "del", group, { context });
}
