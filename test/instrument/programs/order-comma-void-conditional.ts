// Comma, void, conditional, nested in places where only an expression may stand.
export function main(log: Log): unknown {
  let step = 0;
  const s = (name: string) => (log(++step, name), step);
  const pick = (n: number) => (n > 2 ? (s("big"), "big") : n < 0 ? (s("negative"), "negative") : (s("small"), void s("voided")));
  const table = [(s("a"), s("b")), void s("c"), (s("d"), pick)(3), pick(-1), pick(1)];
  const f = (s("callee"), (x: number, y = (s("default y"), x * 2)) => (s("body"), [x, y] as const));
  const [p, q] = (s("pre"), f((s("arg"), 21)));
  const o: any = { n: 0, m() {
    return this === o ? "method" : typeof this;
  } };
  const indirect = (0, o.m)();
  const direct = (o.m)();
  if ((s("if"), o.n++, o.n > 0) ? (s("yes"), true) : (s("no"), false)) s("taken");
  else s("not taken");
  for (let i = (s("init"), 0), j = (s("init j"), 5); s("test"), i < j; s("update"), i += 2, j--) {
    if ((s("inner"), i) === 2 && (s("and"), j !== 4 || (s("or"), o.n += 5))) continue;
  }
  while ((s("while"), o.n-- > 4));
  do s("do");
  while ((s("do test"), o.n++ < 4) && !s("negated"));
  const ternaries = [0, 1, 2].map((n) => (n ? (n - 1 ? "two" : "one") : (void 0 ?? "zero")));
  return [table, p, q, indirect, direct, ternaries, o.n, step, (1, 2, "last")];
}
