/** The same transmit path as a workload of the lab. */
import { ifconfig, insmod, send } from "lab/workload";

export default function transmit(): void {
  insmod();
  ifconfig("sn0", "up");
  ifconfig("sn1", "up");
  for (;;) send("sn0", { count: 1000 });
}
