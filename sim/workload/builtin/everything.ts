/** One long life with a bit of everything that can happen to a driver. */
import {
  devices,
  ifconfig,
  insmod,
  multicast,
  nics,
  ping,
  resume,
  rmmod,
  send,
  sleepNs,
  spawn,
  stats,
  suspend,
  sysfs,
  wait,
  wires,
} from "lab/workload";

const GROUP = "33:33:00:00:00:fb";

export default function everything(): void {
  if (insmod() !== 0) return;
  const names = devices();
  const held = names.map((dev) => sysfs(`/sys/class/net/${dev}/mtu`));
  for (const dev of names) ifconfig(dev, "up");
  const busy = names.flatMap((dev, i) => [
    spawn(`send-${dev}`, () => send(dev, { count: 20, size: 100 + 100 * i, gapNs: 15_000 }), { cpu: 0 }),
    spawn(`stats-${dev}`, () => look(dev), { cpu: 1 }),
    spawn(`groups-${dev}`, () => groups(dev), { cpu: 1 }),
  ]);
  for (const wire of wires) {
    wire.peer("echo");
    wire.inject({ count: 10, size: 400 });
    wire.carrier(false);
    sleepNs(50_000);
    wire.carrier(true);
  }
  for (const process of busy) wait(process);
  for (const dev of names) ping(dev);
  suspend();
  resume();
  if (wires[0]!.received() > 0) for (const nic of nics) nic.hang();
  for (const dev of names) send(dev, { count: 40 });
  sleepNs(10e9);
  for (const dev of names) {
    ifconfig(dev, { mtu: 1000 });
    ifconfig(dev, "down");
    ifconfig(dev, "up");
    send(dev, { count: 4 });
    ifconfig(dev, "down");
  }
  rmmod();
  for (const file of held) file.close();
}

function look(dev: string): void {
  for (let i = 0; i < 10; i++) {
    stats(dev);
    sleepNs(30_000);
  }
}

function groups(dev: string): void {
  multicast(dev, "add", GROUP, { context: "softirq" });
  sleepNs(60_000);
  multicast(dev, "del", GROUP);
}
