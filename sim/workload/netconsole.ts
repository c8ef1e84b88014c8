/** printk through a network device. */
import {
  type netconsole as kernel_netconsole,
  start_netconsole,
  stop_netconsole,
} from "../kernel/drivers/net/netconsole.ts";
import { step } from "./step.ts";

let running: kernel_netconsole[] = [];

/**
 * Sends what printk prints through a device as well, by netpoll: with interrupts off, from whatever context it is printed.
 * Brings the device up if it is down, and holds a reference to it. Without poll_controller nothing is sent (dmesg says so).
 * @returns what ends it; the end of the run does so too, before the module is unloaded
 */
export function netconsole(dev: string): { close(): void } {
  step(`netconsole ${dev}`);
  const console = start_netconsole(dev);
  if (console !== null) running.push(console);
  return { close: () => stop(console) };
}

function stop(console: kernel_netconsole | null): void {
  if (console === null || !running.includes(console)) return;
  running = running.filter((other) => other !== console);
  stop_netconsole(console);
}

/** @internal Ends what is still running. */
export function close_netconsoles(): void {
  for (const console of running) stop(console);
}
