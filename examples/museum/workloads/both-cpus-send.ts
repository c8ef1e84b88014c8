/** Every CPU sends a little, long enough for timers to fire in between; then down, up and the same again. */
import { cpus, devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait } from "lab/workload";

const FRAMES = 12;

export default function both_cpus_send(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (let round = 0; round < 2; round++) {
    for (const dev of names) ifconfig(dev, "up");
    const senders = names.flatMap((dev) =>
      Array.from({ length: cpus() }, (_, cpu) =>
        spawn(`send-${dev}-${cpu}`, () => send(dev, { count: FRAMES, gapNs: 700_000 }), { cpu }),
      ),
    );
    for (const sender of senders) wait(sender);
    sleepNs(20_000_000);
    for (const dev of names) ifconfig(dev, "down");
  }
  rmmod();
}
