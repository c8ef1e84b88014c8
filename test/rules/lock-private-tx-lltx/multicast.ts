/** One process sends while another changes the filter. */
import { ifconfig, insmod, multicast, rmmod, send, spawn, wait } from "lab/workload";

export default function send_and_filter(): void {
  insmod();
  ifconfig("eth0", "up");
  const sender = spawn("send", () => send("eth0", { count: 20 }), { cpu: 0 });
  const filter = spawn(
    "filter",
    () => {
      for (let i = 0; i < 5; i++) {
        multicast("eth0", "add", "01:00:5e:00:00:07");
        multicast("eth0", "del", "01:00:5e:00:00:07");
      }
    },
    { cpu: 1 },
  );
  wait(sender);
  wait(filter);
  ifconfig("eth0", "down");
  rmmod();
}
