/** The first process: boots the kernel, plays the workload, and brings the run to its end. */
import { settings, workload_main, workload_name } from "lab";
import { start_kernel } from "../kernel/kernel/main.ts";
import { module_is_loaded } from "../kernel/kernel/module.ts";
import { tick_phase } from "../kernel/kernel/tick.ts";
import { fault } from "./faults.ts";
import { rmmod } from "./modules.ts";
import { close_netconsoles } from "./netconsole.ts";
import { sleepNs, spawn, wait_for_all } from "./process.ts";
import { refuse } from "./step.ts";

/** How long the system must be left alone before the run is over. */
const IDLE_NS = 2e9;

/** What comes before user space; no other task runs meanwhile. */
export function boot(): void {
  start_kernel();
}

/** The main task; its end is the end of the run. */
export function init(): void {
  tick_phase();
  for (const name of Object.keys(settings.faults).sort()) fault(name, settings.faults[name]!);
  const main = workload_main();
  if (typeof main !== "function")
    refuse(
      `the default export of a workload is a function, and this one is ${main === null ? "null" : `a ${typeof main}`}`,
    );
  spawn(process_name(workload_name), main, { cpu: 0 });
  wait_for_all();
  sleepNs(IDLE_NS);
  close_netconsoles();
  if (module_is_loaded()) rmmod();
}

/** A workload's file may lie anywhere: where is no part of the run's history. */
function process_name(workload: string): string {
  return workload.slice(workload.lastIndexOf("/") + 1).replace(/\.ts$/, "");
}
