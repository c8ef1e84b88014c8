/** One CPU sends, a packet after the other; the other CPUs have nothing to do but take interrupts. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs } from "lab/workload";

export default function one_by_one(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  for (const dev of names) send(dev, { count: 30, block: true });
  sleepNs(5_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
