/** As much transmission as the CPUs can make: every CPU sends on every interface. */
import { cpus, devices, ifconfig, insmod, rmmod, send, spawn, wait } from "lab/workload";

const FRAMES = 50;

export default function flood_tx(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.flatMap((dev) =>
    Array.from({ length: cpus() }, (_, cpu) =>
      spawn(`flood-${dev}-${cpu}`, () => send(dev, { count: FRAMES, size: 64 + 300 * cpu, block: true }), {
        cpu,
      }),
    ),
  );
  for (const sender of senders) wait(sender);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
