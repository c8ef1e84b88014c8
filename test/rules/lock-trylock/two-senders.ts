/** Two processes send at once. */
import { cpus, devices, ifconfig, insmod, rmmod, send, spawn, wait } from "lab/workload";

export default function two_senders(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.flatMap((dev) =>
    [0, 1].map((i) => spawn(`sender-${i}`, () => send(dev, { count: 20 }), { cpu: i % cpus() })),
  );
  for (const sender of senders) wait(sender);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
