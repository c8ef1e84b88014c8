/** The MTU changes again and again while two processes fill the transmit ring. */
import { cpus, devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait } from "lab/workload";

export default function mtu_under_traffic(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.flatMap((dev) =>
    Array.from({ length: cpus() }, (_, cpu) =>
      spawn(`send-${dev}-${cpu}`, () => send(dev, { count: 30 }), { cpu }),
    ),
  );
  for (let i = 0; i < 6; i++) {
    for (const dev of names) ifconfig(dev, { mtu: 1400 + 10 * i });
    sleepNs(30_000);
  }
  for (const sender of senders) wait(sender);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
