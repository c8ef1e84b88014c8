// Error codes to exceptions and back: negative errno, goto-like cleanup with labels, nested cleanup order.
const enum Errno { EPERM = 1, ENOMEM = 12, EBUSY = 16, EINVAL = 22 }
const names: Record<number, string> = { [Errno.EPERM]: "EPERM", [Errno.ENOMEM]: "ENOMEM", [Errno.EBUSY]: "EBUSY", [Errno.EINVAL]: "EINVAL" };
class KernelError extends Error {
  constructor(readonly errno: Errno, where?: string) {
    super(`${names[errno] ?? "E" + errno}${where ? ` in ${where}` : ""}`);
    Object.defineProperty(this, "name", { value: "KernelError", enumerable: false });
  }
  static check(value: number, where: string): number {
    if (value < 0) throw new this(-value as Errno, where);
    return value;
  }
  static catch(f: () => number | void): number {
    try {
      return f() ?? 0;
    } catch (e) {
      if (e instanceof KernelError) return -e.errno;
      throw e;
    }
  }
}
export function main(log: Log): unknown {
  let budget = 0;
  const step = (name: string, fail: number) => (log("do", name), budget-- > 0 ? 0 : -fail);
  const undo = (name: string) => log("undo", name);
  function init(): number {
    let err: number;
    cleanup: {
      irq: {
        memory: {
          if ((err = step("memory", Errno.ENOMEM))) break cleanup;
          if ((err = step("irq", Errno.EBUSY))) break memory;
          if ((err = step("register", Errno.EINVAL))) break irq;
          return 0;
        }
        undo("memory");
        return err;
      }
      undo("irq");
      undo("memory");
    }
    return err;
  }
  const initThrowing = () =>
    KernelError.catch(() => {
      const done: string[] = [];
      try {
        for (const [name, code] of [["memory", Errno.ENOMEM], ["irq", Errno.EBUSY], ["register", Errno.EPERM]] as const) {
          KernelError.check(step(name, code), name);
          done.unshift(name);
        }
      } catch (e) {
        done.forEach(undo);
        log((e as KernelError).message, Object.keys(e as object));
        throw e;
      }
    });
  const results: number[] = [];
  for (const [i, f] of [init, initThrowing, init, initThrowing, init, initThrowing, init].entries()) {
    budget = i >> 1;
    results.push(f());
  }
  let passed: unknown;
  try {
    KernelError.catch(() => (undefined as any).x);
  } catch (e) {
    passed = (e as Error).name;
  }
  return [results, passed, String(new KernelError(99 as Errno)), KernelError.check(5, "x")];
}
