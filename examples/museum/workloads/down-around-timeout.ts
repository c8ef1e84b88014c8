/** The card hangs with packets to send, and the interface goes down as soon as user space sees that the watchdog has barked. */
import { devices, ifconfig, insmod, nics, rmmod, send, sleepNs, stats } from "lab/workload";

export default function down_around_timeout(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    for (let round = 0; round < 3; round++) {
      ifconfig(dev, "up");
      const { tx_errors } = stats(dev);
      for (const nic of nics) nic.hang();
      send(dev, { count: 10 });
      sleepNs(30_000_000);
      for (let i = 0; i < 500 && stats(dev).tx_errors === tx_errors; i++) sleepNs(40_000);
      sleepNs(round * 20_000);
      ifconfig(dev, "down");
    }
  }
  rmmod();
}
