/** Every callback of a driver at least once: load, up, traffic both ways, statistics, multicast, down, up again, unload. */
import {
  devices,
  ifconfig,
  insmod,
  multicast,
  ping,
  rmmod,
  send,
  spawn,
  stats,
  wait,
  wire,
} from "lab/workload";

const GROUP = "01:00:5e:00:00:05";

export default function smoke(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  traffic(names);
  for (const dev of names) {
    stats(dev);
    multicast(dev, "add", GROUP);
    ifconfig(dev, { promisc: true });
    ifconfig(dev, { promisc: false });
    multicast(dev, "del", GROUP);
  }
  for (const dev of names) ifconfig(dev, "down");
  for (const dev of names) ifconfig(dev, "up");
  traffic(names);
  for (const dev of names) {
    stats(dev);
    ifconfig(dev, "down");
  }
  rmmod();
}

/** Every interface sends, each from a process of its own, and the cable brings frames in. */
function traffic(names: readonly string[]): void {
  const senders = names.map((dev, i) =>
    spawn(`send-${dev}`, () => send(dev, { count: 8, size: 64 + 200 * i }), { cpu: i }),
  );
  wire.inject({ count: 8 });
  for (const sender of senders) wait(sender);
  for (const dev of names) send(dev, { count: 2, size: 1400, frags: 2 });
  const [first] = names;
  if (first !== undefined) ping(first, { count: 1 });
}
