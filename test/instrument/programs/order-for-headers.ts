// Closures made in the initialiser, test, body and update of a for loop see different copies.
export function main(log: Log): unknown {
  const readers: (() => number)[] = [];
  const writers: ((n: number) => void)[] = [];
  const push = (r: () => number) => (readers.push(r), true);
  for (let i = 0, init = push(() => i); i < 4 && push(() => i * 10); push(() => i * 100), i++) {
    readers.push(() => i * 1000);
    writers.push((n) => (i = n));
    if (i === 1) i++;
  }
  log(readers.map((r) => r()));
  writers.forEach((w, k) => w(k + 50));
  log(readers.map((r) => r()));
  const viaVar: (() => number)[] = [];
  for (var v = 0; v < 3; v += 1) viaVar.push(() => v);
  const consts: unknown[] = [];
  for (const c = { n: 0 }; c.n < 3; c.n++) consts.push(() => c);
  const keys: string[] = [];
  const object: any = { a: 1, b: 2, c: 3 };
  for (const key in (log("object evaluated"), object)) {
    keys.push(key);
    delete object.b;
    object["z" + key] = 0;
  }
  let outerKey: any;
  const holder: any = {};
  for (holder.key in { x: 1, y: 2 }) log("into property", holder.key);
  for ([outerKey = "dflt", holder.second] of [["p", "q"], [undefined, "r"]] as any) log(outerKey, holder.second);
  let count = 0;
  for (;;) if (++count > 3) break;
  for (let i = 0; i < 2; i++)
    for (let i = 10; i < 15; i++, count += i)
      if (i > 13) break;
      else count++, i++;
  finally_: for (let i = 0; ; i++) {
    if (i > 5) break finally_;
    count += i;
    if (count > 1000) throw new Error("runaway");
  }
  return [viaVar.map((f) => f()), consts.map((f: any) => f().n), keys, holder, count];
}
