/** Open and close storms while another CPU keeps sending. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, spawn, wait } from "lab/workload";

const ROUNDS = 6;

export default function updown(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const senders = names.map((dev) => spawn(`send-${dev}`, () => send_on(dev), { cpu: 1 }));
  for (let i = 0; i < ROUNDS; i++) {
    for (const dev of names) {
      ifconfig(dev, "down");
      sleepNs(i * 10_000);
      ifconfig(dev, "up");
      sleepNs(i * 30_000);
    }
  }
  for (const sender of senders) wait(sender);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}

function send_on(dev: string): void {
  for (let i = 0; i < ROUNDS * 4; i++) {
    send(dev, { count: 3 });
    sleepNs(20_000);
  }
}
