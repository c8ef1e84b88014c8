/** Frames come in pairs, in every distance from each other, and then there is silence. */
import { devices, ifconfig, insmod, rmmod, sleepNs, wire } from "lab/workload";

const PAIRS = 50;
const SILENCE_NS = 4_000_000;

export default function trickle(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) ifconfig(dev, "up");
  for (let i = 0; i < PAIRS; i++) {
    wire.inject({ count: 2, gapNs: 600 * i });
    sleepNs(SILENCE_NS);
  }
  for (const dev of devices()) ifconfig(dev, "down");
  rmmod();
}
