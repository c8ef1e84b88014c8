/** Traffic on a card without end, in both directions, and from both CPUs. */
import { devices, ifconfig, insmod, ping, send, spawn } from "lab/workload";

export default function traffic(): void {
  insmod();
  const [dev = "eth0"] = devices();
  ifconfig(dev, "up");
  spawn(
    "second",
    () => {
      for (;;) send(dev, { count: 50, size: 200 });
    },
    { cpu: 1 },
  );
  for (;;) {
    send(dev, { count: 50, size: 900 });
    ping(dev);
  }
}
