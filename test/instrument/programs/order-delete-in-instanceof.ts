// delete, in, instanceof and typeof with effects in every operand.
export function main(log: Log): unknown {
  const note = <T>(tag: string, v: T): T => (log(tag), v);
  const trapped = new Proxy({ a: 1, b: 2 } as any, {
    has: (t, k) => (log("has " + String(k)), k in t),
    deleteProperty: (t, k) => (log("delete " + String(k)), k !== "b" && delete t[k]),
  });
  const out: unknown[] = [];
  out.push(delete note("d", trapped)[note("key", "a")]);
  try {
    delete trapped.b;
  } catch (error) {
    out.push((error as Error).name);
  }
  out.push(note("l", "b") in note("r", trapped), note("l", "a") in trapped);
  class Even {
    static [Symbol.hasInstance](x: unknown) {
      log("hasInstance", x);
      return (x as number) % 2 === 0;
    }
  }
  out.push((note("operand", 4) as any) instanceof note("class", Even), (3 as any) instanceof Even);
  const arrow: any = () => {};
  for (const right of [arrow, 5, {}, undefined] as any[]) {
    try {
      out.push({} instanceof right);
    } catch (error) {
      out.push((error as Error).name);
    }
  }
  try {
    out.push("x" in (note("primitive", "xyz") as any));
  } catch (error) {
    out.push((error as Error).name);
  }
  const list: any[] = [1, 2, 3];
  out.push(delete list[note("index", 1)], 1 in list, list.length, delete (list as any)?.[0], delete (null as any)?.[note("no", 1)]);
  const sealed = Object.seal({ s: 1 });
  try {
    delete (sealed as any).s;
  } catch (error) {
    out.push((error as Error).name);
  }
  return [out, typeof note("t", null), typeof (undefined as any)?.x.y.z, void note("void", 1)];
}
