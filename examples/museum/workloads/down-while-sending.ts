/** Takes an interface down while the card still has packets to send; then up and the same again. */
import { devices, ifconfig, insmod, rmmod, send } from "lab/workload";

export default function down_while_sending(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (let round = 0; round < 3; round++) {
    for (const dev of names) ifconfig(dev, "up");
    for (const dev of names) send(dev, { count: 5, size: 1400 });
    for (const dev of names) ifconfig(dev, "down");
  }
  rmmod();
}
