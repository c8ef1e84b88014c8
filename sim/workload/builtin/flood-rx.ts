/** As much reception as the cable brings: bursts of all sizes into every card. */
import { devices, ifconfig, insmod, rmmod, sleepNs, spawn, stats, wait, wires } from "lab/workload";

const BURSTS = 4;
const FRAMES = 20;

export default function flood_rx(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const peers = wires.map((wire, i) =>
    spawn(`peer-${i}`, () => {
      for (let n = 0; n < BURSTS; n++) {
        wire.inject({ count: FRAMES, size: 64 + 400 * n });
        sleepNs(200_000);
      }
    }),
  );
  for (const peer of peers) wait(peer);
  sleepNs(2_000_000);
  for (const dev of names) {
    stats(dev);
    ifconfig(dev, "down");
  }
  rmmod();
}
