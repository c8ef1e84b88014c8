// Destructuring catch parameters with defaults and closures; shadowing; catch without binding.
export function main(log: Log): unknown {
  const closures: (() => unknown)[] = [];
  const e = "outer e";
  for (const thrown of [new Error("plain"), { code: 5, nested: { list: [1, 2] } }, "text", 42n, Symbol.iterator] as any[]) {
    try {
      throw thrown;
    } catch ({ message = (log("default message"), `no message for ${String(thrown)}`), code = message.length, nested: { list: [, second = code] = [] } = {} as any }: any) {
      closures.push(() => [message, code++, second]);
    }
  }
  return finish();
  function finish() {
    try {
      try {
        throw null;
      } catch ({ anything }: any) {
        log("never", anything);
      }
    } catch (e) {
      log((e as Error).name);
      {
        const e = "inner";
        closures.push(() => e);
      }
      var hoisted = e instanceof TypeError;
    }
    try {
      throw 1;
    } catch {
      closures.push(() => e);
    }
    try {
      throw { x: 1 };
    } catch (e: any) {
      e = { ...e, y: 2 };
      closures.push(() => e);
      e.z = 3;
    }
    return [closures.map((f) => f()), closures[1]!(), hoisted, e];
  }
}
