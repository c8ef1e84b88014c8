// A user's yield in the middle of every kind of expression keeps the operands before it.
export function main(log: Log): unknown {
  const n = <T>(tag: string, v: T): T => (log(tag), v);
  const target: any = { f: (...a: unknown[]) => a, nested: {} };
  function* g(): Generator<unknown, unknown, any> {
    const sum = n("l", 1) + (yield "plus") * n("r", 10);
    const called = target.f(n("a1", "a"), yield "argument", ...(yield "spread"), n("a4", "z"));
    target[n("key", "k")] = yield "assigned";
    target[yield "computed key"] = n("value", 5);
    target.nested[(yield "k1") as string] = { [yield "k2"]: yield "v2", ...(yield "rest") };
    const [x = yield "default x", { y = yield "default y" } = {} as any] = [undefined] as any;
    const chosen = (yield "test") ? yield "then" : yield "else";
    const text = `${n("t1", "<")}${yield "t2"}${n("t3", ">")}`;
    const made = new (yield "class")(n("ctor arg", 1), yield "ctor arg 2");
    const logic = (yield "and") && (yield "never?");
    target.count = 5;
    target.count += yield "compound";
    const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.join("_") + v.join("-");
    const tagged = tag`a${yield "tag 1"}b${yield "tag 2"}c`;
    const cls = class {
      static [yield "class key"] = "from class";
    };
    const opt = target?.[yield "opt key"]?.(yield "opt arg");
    return [sum, called, x, y, chosen, text, made, logic, tagged, Object.keys(cls), opt, yield, (yield 1, yield 2)];
  }
  const answers: any[] = [7, "b", ["s1", "s2"], "stored", "ck", "nk1", "nk2", "nv2", { more: 1 }, "dx", "dy", 0, "E", "mid"];
  answers.push(class { args; constructor(...a: unknown[]) { this.args = a; } }, "second", false, 37, "t-one", "t-two", "ckey", "f", "opt", "u", 1, 2);
  const it = g();
  let step = it.next();
  for (const answer of answers) {
    if (step.done) break;
    log("yielded", step.value);
    step = it.next(answer);
  }
  return [step, target];
}
