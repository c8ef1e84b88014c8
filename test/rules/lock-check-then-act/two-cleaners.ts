/** One process sends, the other has the driver clean up. */
import { devices, ifconfig, insmod, ioctl, rmmod, send, spawn, wait } from "lab/workload";
import { SIOCDEVPRIVATE } from "linux/sockios";

export default function two_cleaners(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    const sender = spawn("sender", () => send(dev, { count: 60 }), { cpu: 0 });
    const cleaner = spawn("cleaner", () => clean(dev), { cpu: 1 });
    wait(sender);
    wait(cleaner);
    ifconfig(dev, "down");
  }
  rmmod();
}

function clean(dev: string): void {
  for (let i = 0; i < 150; i++) ioctl(dev, SIOCDEVPRIVATE, {});
}
