/** Every CPU sends through every interface at once. */
import { cpus, devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wire } from "lab/workload";

export default function senders(): void {
  if (insmod() !== 0) return;
  wire.peer("sink");
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const all = names.flatMap((dev) =>
    Array.from({ length: cpus() }, (_, cpu) => spawn(`send-${cpu}`, () => send(dev, { count: 12 }), { cpu })),
  );
  for (const sender of all) wait(sender);
  sleepNs(5_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
