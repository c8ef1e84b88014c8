/** A cable with a loose contact, and somebody who asks again and again. */
import { devices, ifconfig, insmod, ioctl, rmmod, sleepNs, spawn, wait, wire } from "lab/workload";
import { SIOCDEVPRIVATE } from "linux/sockios";

export default function flutter(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    const user = spawn("user", () => ask(dev), { cpu: 1 });
    for (let i = 0; i < 40; i++) {
      wire.carrier(i % 2 === 1);
      sleepNs(11_000);
    }
    wait(user);
    ifconfig(dev, "down");
  }
  rmmod();
}

function ask(dev: string): void {
  for (let i = 0; i < 20; i++) ioctl(dev, SIOCDEVPRIVATE, {});
}
