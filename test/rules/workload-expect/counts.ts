/** Sends ten packets and looks whether the device has counted them. */
import { devices, expect, ifconfig, insmod, rmmod, send, stats } from "lab/workload";

export default function counts(): void {
  if (insmod() !== 0) return;
  const [dev] = devices();
  if (dev === undefined) return;
  ifconfig(dev, "up");
  send(dev, { count: 10 });
  expect(stats(dev).tx_packets >= 10, "each packet that was sent is counted");
  ifconfig(dev, "down");
  rmmod();
}
