/*
 * A tour of snull, step by step: the workload that snull.ts names in its header. Set breakpoints in the driver model,
 * and see who calls what.
 */
import {
  devices,
  ifconfig,
  insmod,
  multicast,
  ping,
  rmmod,
  send,
  sleepNs,
  spawn,
  stats,
  wait,
} from "lab/workload";

export default function tour() {
  /* 1. The ordinary mode: frames are received in the "interrupt" (snull_regular_interrupt). */
  if (insmod({ use_napi: 0 }) !== 0) return;
  for (const dev of devices()) ifconfig(dev, "up");
  ping("sn0");
  talk_both_ways();
  for (const dev of devices()) ifconfig(dev, "down");
  rmmod();

  /* 2. NAPI: frames are received by polling, in softirq (snull_poll). */
  if (insmod({ use_napi: 1 }) !== 0) return;
  for (const dev of devices()) ifconfig(dev, "up");
  ping("sn0");
  talk_both_ways();

  /* 3. One end goes away, the other one keeps sending: who gives the packets back? */
  ifconfig("sn1", "down");
  send("sn0", { count: 12 });
  sleepNs(100_000_000); /* long enough for the transmit watchdog */
  send("sn0", { count: 4 });

  /* 4. And comes back. */
  ifconfig("sn1", "up");
  ping("sn0");
  for (const dev of devices()) ifconfig(dev, "down");
  rmmod();
}

/* Both CPUs send at once, while the counters are read. */
function talk_both_ways() {
  const talkers = [
    spawn("talk-sn0", () => send("sn0", { count: 10, size: 200 }), { cpu: 0 }),
    spawn("talk-sn1", () => send("sn1", { count: 10, size: 1000 }), { cpu: 1 }),
  ];
  for (const dev of devices()) stats(dev);
  multicast("sn0", "add", "01:00:5e:00:00:05");
  for (const talker of talkers) wait(talker);
}
