/** Loading and unloading the model. */
import { settings } from "lab";
import { module_is_loaded, sys_delete_module, sys_init_module } from "../kernel/kernel/module.ts";
import { netdev_names } from "../kernel/net/socket.ts";
import { step } from "./step.ts";

/** Interfaces that were there before the model came. */
let others: string[] = [];

/**
 * Loads the model: evaluates its file and runs its `module_init` in this process.
 * @param params module parameters by name; those of the command line come on top
 * @returns 0, or the negative errno that `module_init` returned
 */
export function insmod(params: Record<string, string | number | boolean> = {}): number {
  step("insmod");
  if (!module_is_loaded()) others = netdev_names();
  return sys_init_module({ ...params, ...settings.params });
}

/**
 * Unloads the model.
 * @returns 0 or a negative errno: -EBUSY while it is in use, -ENOENT if it is not loaded
 */
export function rmmod(): number {
  step("rmmod");
  return sys_delete_module();
}

/** Names of the interfaces that the model has registered, in that order. */
export function devices(): string[] {
  return netdev_names().filter((name) => !others.includes(name));
}
