/** Frames both ways at once: every interface sends, the peer sends back and sends of its own. */
import { devices, ifconfig, insmod, ping, rmmod, send, sleepNs, spawn, wait, wires } from "lab/workload";

const FRAMES = 30;

export default function bidirectional(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  for (const wire of wires) wire.peer("echo");
  const busy = [
    ...names.map((dev, i) =>
      spawn(`send-${dev}`, () => send(dev, { count: FRAMES, size: 200, gapNs: 10_000 }), { cpu: i }),
    ),
    ...wires.map((wire, i) =>
      spawn(`peer-${i}`, () => wire.inject({ count: FRAMES, size: 300, gapNs: 5_000 }), { cpu: 1 }),
    ),
    ...wires.map((wire, i) =>
      spawn(`pinger-${i}`, () => wire.inject({ count: 4, kind: "ping" }), { cpu: 1 }),
    ),
  ];
  for (const process of busy) wait(process);
  for (const dev of names) ping(dev, { count: 2 });
  sleepNs(2_000_000);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
