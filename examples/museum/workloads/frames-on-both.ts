/** Frames come in one by one while two processes send: handlers run on each CPU, beside the poll. */
import { cpus, devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wire } from "lab/workload";

export default function frames_on_both(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.flatMap((dev) =>
    Array.from({ length: cpus() }, (_, cpu) =>
      spawn(`send-${dev}-${cpu}`, () => send(dev, { count: 12, gapNs: 17_000 }), { cpu }),
    ),
  );
  wire.inject({ count: 25, gapNs: 7_000 });
  for (const sender of senders) wait(sender);
  sleepNs(20_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
