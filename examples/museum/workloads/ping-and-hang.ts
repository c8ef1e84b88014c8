/** Answers pings; then the card hangs with packets to send, until the watchdog has brought it back; and answers pings again. */
import { devices, ifconfig, insmod, nics, ping, rmmod, send, sleepNs, wires } from "lab/workload";

export default function ping_and_hang(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  for (const wire of wires) wire.inject({ count: 3, kind: "ping" });
  sleepNs(1_000_000);
  for (const nic of nics) nic.hang();
  for (const dev of names) send(dev, { count: 12 });
  sleepNs(400_000_000);
  for (const dev of names) ping(dev, { count: 2 });
  for (const wire of wires) wire.inject({ count: 3, kind: "ping" });
  sleepNs(1_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
