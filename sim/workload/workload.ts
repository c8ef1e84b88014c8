/**
 * The module `lab/workload`: what simulated user space can do. A workload is a file whose default export, an ordinary
 * synchronous function, runs as a process on CPU 0. Calls block the process; nothing throws.
 */
export {
  type InjectOptions,
  type Nic,
  nic,
  nics,
  type Wire,
  wire,
  wires,
} from "./card.ts";
export { hotplug, plainDevice } from "./devices.ts";
export { fault } from "./faults.ts";
export { type SysfsFile, sysfs, sysfsList } from "./files.ts";
export { devices, insmod, rmmod } from "./modules.ts";
export { netconsole } from "./netconsole.ts";
export {
  ethtool,
  type InterfaceChange,
  ifconfig,
  ioctl,
  multicast,
  ping,
  received,
  type SendOptions,
  send,
  stats,
} from "./network.ts";
export { resume, suspend } from "./power.ts";
export { cpus, onCpu, type Process, sleepNs, spawn, wait, waitForKernelThreads } from "./process.ts";
export { expect } from "./step.ts";
