/** Loads and unloads the model again and again while a file of its first interface is held open. */
import { devices, ifconfig, insmod, rmmod, send, sysfs } from "lab/workload";

const ROUNDS = 3;

export default function reload(): void {
  for (let i = 0; i < ROUNDS; i++) {
    if (insmod() !== 0) return;
    const names = devices();
    for (const dev of names) ifconfig(dev, "up");
    for (const dev of names) send(dev, { count: 2 });
    const held = names.map((dev) => sysfs(`/sys/class/net/${dev}/mtu`));
    for (const file of held) file.read();
    rmmod();
    for (const file of held) {
      file.read();
      file.close();
    }
  }
}
