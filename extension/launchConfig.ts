/** The debugger's type in launch.json; everything that names it uses this constant. */
export const DEBUG_TYPE = "netdev-lab";

/** What a user may write in launch.json beside `type`, `request` and `name`. */
export interface LaunchConfig {
  program: string;
  workload?: string;
  cpus?: number;
  seed?: number;
  nic?: string;
  irq?: "intx" | "msi";
  faults?: Record<string, string>;
  params?: Record<string, string>;
  weak?: boolean;
  maxTicks?: number;
  stopOnEntry?: boolean;
  kernel?: string;
  advice?: boolean;
  strategy?: "random" | "fixed";
}
