/** The MTU changes while packets are sent. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait } from "lab/workload";

export default function mtu_under_load(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    const sender = spawn("sender", () => send(dev, { count: 60, gapNs: 1_000 }), { cpu: 1 });
    for (let i = 0; i < 20; i++) {
      ifconfig(dev, { mtu: 1000 + i });
      sleepNs(5_000);
    }
    wait(sender);
    ifconfig(dev, "down");
  }
  rmmod();
}
