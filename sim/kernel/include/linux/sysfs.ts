/** Attributes (include/linux/sysfs.h). */

export type { sysfs_buffer } from "../../drivers/base/class.ts";
export * from "./atomic.ts";
