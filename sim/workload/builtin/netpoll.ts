/** Messages of the kernel go out through the driver, with interrupts off and from every context, while it works. */
import {
  devices,
  ifconfig,
  insmod,
  netconsole,
  rmmod,
  send,
  sleepNs,
  spawn,
  wait,
  wires,
} from "lab/workload";
import { jiffies } from "linux/jiffies";
import { KERN_INFO, KERN_WARNING, printk } from "linux/kernel";
import { init_timer, mod_timer, timer_list } from "linux/timer";

const MESSAGES = 12;

export default function netpoll(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  const consoles = names.map((dev) => netconsole(dev));
  const timer = new timer_list();
  init_timer(timer);
  timer.function = () => void printk(`${KERN_WARNING}printed in a softirq\n`);
  mod_timer(timer, jiffies + 1);
  const busy = names.map((dev) =>
    spawn(`send-${dev}`, () => send(dev, { count: 16, gapNs: 10_000 }), { cpu: 1 }),
  );
  const printer = spawn("printer", print, { cpu: 0 });
  for (const wire of wires) wire.inject({ count: 12, gapNs: 10_000 });
  for (const process of busy) wait(process);
  wait(printer);
  fill_queues(names);
  for (const console of consoles) console.close();
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}

function print(): void {
  for (let i = 0; i < MESSAGES; i++) {
    printk(`${KERN_INFO}message ${i}\n`);
    sleepNs(15_000);
  }
}

/** More than a ring holds: netpoll has to poll the device for room. */
function fill_queues(names: string[]): void {
  for (const dev of names) send(dev, { count: 40 });
  for (let i = 0; i < MESSAGES; i++) printk(`${KERN_INFO}message ${i} to a full queue\n`);
  sleepNs(10_000_000);
}
