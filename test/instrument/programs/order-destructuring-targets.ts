// Assignment patterns: the target reference is evaluated before the value is taken out.
export function main(log: Log): unknown {
  const t = (tag: string, o: any = store) => (log("target " + tag), o);
  const store: any = {};
  const source = {
    get a() {
      log("get a");
      return 1;
    },
    get b() {
      log("get b");
      return undefined;
    },
    get [(log("computed"), "c")]() {
      log("get c");
      return [30, 31, 32];
    },
  };
  const fallback = (tag: string) => (log("default " + tag), "d" + tag);
  ({ a: t("x").x, b: t("y").y = fallback("b"), c: [t("z").z, , ...t("w").w] } = source as any);
  function* values() {
    try {
      log("first");
      yield "p";
      log("second");
      yield undefined;
      log("third");
      yield "never";
    } finally {
      log("closed");
    }
  }
  let q: any, r: any;
  [t("arr").list = fallback("unused"), q = fallback("q")] = values() as any;
  [q, r] = [r, q];
  ({ length: store.len, [store.len - 1 + ""]: r = "none" } = "héllo" as any);
  const result = ([q, ...[r, store.last]] = [9, 8, 7, 6]);
  try {
    [t("failing").f, ({} as any).g.h] = values() as any;
  } catch (error) {
    log("failed", (error as Error).name);
  }
  return [store, q, r, result];
}
