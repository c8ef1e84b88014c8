/** The card gets stuck: the queue stops, the watchdog calls tx_timeout, and traffic goes on. */
import { devices, ifconfig, insmod, nics, rmmod, send, sleepNs } from "lab/workload";

const WAIT_NS = 10e9;
/** More than any ring holds. */
const MANY = 300;

export default function txhang(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) {
    ifconfig(dev, "up");
    send(dev, { count: 4 });
  }
  for (const nic of nics) nic.hang();
  for (const dev of names) send(dev, { count: MANY });
  sleepNs(WAIT_NS);
  for (const dev of names) {
    send(dev, { count: 4 });
    sleepNs(2_000_000);
    ifconfig(dev, "down");
  }
  rmmod();
}
