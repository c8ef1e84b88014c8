/** Rights of processes (kernel/capability.c). */
export const CAP_NET_BIND_SERVICE = 10;
export const CAP_NET_ADMIN = 12;
export const CAP_NET_RAW = 13;
export const CAP_SYS_MODULE = 16;
export const CAP_SYS_RAWIO = 17;
export const CAP_SYS_ADMIN = 21;

/** True (1) if the current process has a right. All processes here are root's. Linux kernel/capability.c: capable. */
export function capable(_cap: number): 0 | 1 {
  return 1;
}
