/** Unloads the module under the interface: it is up, sends, receives, and is asked for its statistics. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, stats, wait, wires } from "lab/workload";

export default function remove_while_up(): void {
  for (let round = 0; round < 3; round++) {
    if (insmod() !== 0) return;
    const names = devices();
    for (const dev of names) ifconfig(dev, "up");
    const busy = names.map((dev) =>
      spawn(`send-${dev}`, () => send(dev, { count: 20, gapNs: 10_000 + 5_000 * round }), { cpu: 1 }),
    );
    for (const wire of wires) wire.inject({ count: 6 });
    for (const dev of names) stats(dev);
    sleepNs(40_000 * round);
    rmmod();
    for (const sender of busy) wait(sender);
  }
}
