/** Short bursts both ways: the ring is full again and again, and interrupts for frames come in between; then it runs empty. */
import { cpus, devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait, wire } from "lab/workload";

const BURSTS = 3;

export default function bursts(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  for (let i = 0; i < BURSTS; i++) {
    const busy = names.flatMap((dev) =>
      Array.from({ length: cpus() }, (_, cpu) =>
        spawn(`send-${dev}-${cpu}`, () => send(dev, { count: 5 }), { cpu }),
      ),
    );
    wire.inject({ count: 6 });
    for (const sender of busy) wait(sender);
    sleepNs(500_000);
  }
  sleepNs(300_000_000); // a queue that stays stopped is noticed
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
