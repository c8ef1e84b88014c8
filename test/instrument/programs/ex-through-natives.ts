// Errors thrown in callbacks travel through native code; state stays consistent behind them.
export function main(log: Log): unknown {
  const out: unknown[] = [];
  const attempt = (name: string, body: () => unknown) => {
    try {
      out.push([name, body()]);
    } catch (error) {
      out.push([name, "threw", (error as Error).message ?? error]);
    } finally {
      log("left", name);
    }
  };
  const list = [5, 3, 9, 1];
  attempt("sort", () =>
    list.sort((a, b) => {
      if (a === 9 || b === 9) throw new Error("no nines");
      return a - b;
    }),
  );
  attempt("forEach", () => list.forEach((x, i) => { if (i === 2) throw x; }));
  attempt("replace", () => "abc".replace(/b/, (b) => { throw new Error(b + "!"); }));
  attempt("json", () => JSON.stringify({ a: 1, b: { toJSON() { throw new Error("toJSON"); } } }));
  attempt("reviver", () => JSON.parse('{"a":[1,{"b":2}]}', function (k, v) { if (k === "b") throw new Error("in " + JSON.stringify(this)); return v; }));
  attempt("valueOf", () => 1 + ({ valueOf() { throw new Error("valueOf"); } } as any));
  attempt("from", () => Array.from([1, 2, 3], (x) => { if (x > 1) throw new Error("from " + x); return x; }));
  attempt("set", () => new Set(function* () { yield 1; throw new Error("in generator"); }()));
  attempt("proxy", () => Object.keys(new Proxy({}, { ownKeys() { throw new Error("ownKeys"); } })));
  attempt("defineProperty", () => Object.defineProperty({}, { toString() { throw new Error("key"); } } as any, {}));
  attempt("nested sort", () => [[2, 1], [4, 3]].map((p) => p.sort((a, b) => { if (a + b === 7) throw new Error("seven"); return a - b; })));
  attempt("getter in assign", () => Object.assign({}, { get boom() { throw new Error("getter"); } }));
  attempt("typed", () => new Uint8Array([1, 2, 3]).map((x) => { if (x === 2) throw new Error("typed"); return x; }));
  attempt("apply", () => Reflect.apply(function (this: any) { throw new Error(String(this)); }, "self", []));
  return [out, list.slice().sort((a, b) => a - b)];
}
