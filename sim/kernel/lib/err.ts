/** Errors where a pointer is expected (include/linux/err.h). */

/** A negative errno in the place of a pointer. */
export class err_ptr {
  readonly errno: number;
  constructor(errno: number) {
    this.errno = errno;
  }
}

/** Wraps a negative errno. Linux include/linux/err.h: ERR_PTR. */
export function ERR_PTR(error: number): err_ptr {
  return new err_ptr(error);
}

/** True if `ptr` is an ERR_PTR. Linux include/linux/err.h: IS_ERR. */
export function IS_ERR(ptr: unknown): ptr is err_ptr {
  return ptr instanceof err_ptr;
}

/** The negative errno of an ERR_PTR (0 for others). Linux include/linux/err.h: PTR_ERR. */
export function PTR_ERR(ptr: unknown): number {
  return ptr instanceof err_ptr ? ptr.errno : 0;
}
