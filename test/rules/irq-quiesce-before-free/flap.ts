/** The cable is plugged in and out while the interface goes up and down. */
import { devices, ifconfig, insmod, rmmod, sleepNs, spawn, wait, wire } from "lab/workload";

const ROUNDS = 40;

function flap(): void {
  for (let i = 0; i < 3 * ROUNDS; i++) {
    wire.carrier(i % 2 === 1);
    sleepNs(7_000);
  }
}

export default function main(): void {
  if (insmod() !== 0) return;
  const cable = spawn("cable", flap, { cpu: 1 });
  for (let i = 0; i < ROUNDS; i++) {
    for (const dev of devices()) ifconfig(dev, "up");
    for (const dev of devices()) ifconfig(dev, "down");
  }
  wait(cable);
  rmmod();
}
