/** Every allocation and registration fails once, in turn: the error paths of loading, opening and traffic. */
import { devices, fault, ifconfig, insmod, ping, rmmod, send } from "lab/workload";

/** What can fail, and how many of its calls are made to fail, one in each round. */
const FAULTS: readonly (readonly [name: string, calls: number])[] = [
  ["kmalloc", 12],
  ["alloc-netdev", 3],
  ["register-netdev", 3],
  ["request-irq", 2],
  ["kthread", 2],
  ["skb", 6],
];

export default function faults(): void {
  for (const [name, calls] of FAULTS) {
    for (let nth = 1; nth <= calls; nth++) {
      fault(name, `nth:${nth}`);
      live();
      fault(name, "off");
    }
  }
}

/** A short life of the model, as far as it comes. */
function live(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) {
    if (ifconfig(dev, "up") !== 0) continue;
    send(dev, { count: 2 });
  }
  if (names.length > 0) ping(names[0]!);
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
