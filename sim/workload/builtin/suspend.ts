/** The system sleeps and wakes: with the interface up, under traffic, and down. */
import {
  devices,
  ifconfig,
  insmod,
  resume,
  rmmod,
  send,
  sleepNs,
  spawn,
  suspend as to_ram,
  wait,
  wire,
} from "lab/workload";

export default function suspend(): void {
  if (insmod() !== 0) return;
  const names = devices();
  sleep(names);
  for (const dev of names) ifconfig(dev, "up");
  sleep(names);
  const senders = names.map((dev) =>
    spawn(`send-${dev}`, () => send(dev, { count: 12, gapNs: 40_000 }), { cpu: 1 }),
  );
  sleepNs(100_000);
  sleep(names);
  for (const sender of senders) wait(sender);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}

function sleep(names: readonly string[]): void {
  to_ram();
  sleepNs(1_000_000);
  resume();
  for (const dev of names) send(dev, { count: 2 });
  wire.inject({ count: 2 });
  sleepNs(1_000_000);
}
