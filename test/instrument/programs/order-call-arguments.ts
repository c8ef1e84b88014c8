// The callee is read before its arguments are evaluated, `this` is the object of then.
export function main(log: Log): unknown {
  const object: any = {
    id: "first",
    f(...args: unknown[]) {
      return [this.id, "f", ...args];
    },
  };
  const replace = () => {
    object.f = function (this: any, ...args: unknown[]) {
      return [this.id, "replaced", args.length];
    };
    return "replaced";
  };
  const one = object.f(replace(), 2);
  const two = object.f(3);
  let current: any = object;
  const other = { id: "other", f: () => "never" };
  const three = current.f((current = other).id);
  let fn: any = (a: number) => a + 1;
  const old = fn;
  const four = fn(((fn = (a: number) => a * 100), 4));
  const five = fn(5);
  function* noisy(tag: string) {
    log(tag + " start");
    yield tag + 1;
    log(tag + " middle");
    yield tag + 2;
    log(tag + " end");
  }
  const six = ((...all: unknown[]) => all)(log("before"), ...noisy("x"), log("between"), ...noisy("y"), ...[]);
  let missing: any;
  try {
    missing((log("argument of undefined"), 1));
  } catch (error) {
    log((error as Error).name);
  }
  try {
    object.nowhere(...noisy("z"), log("after z"));
  } catch (error) {
    log(error instanceof TypeError);
  }
  return [one, two, three, four, five, old(1), six];
}
