// Who asks for which hint, and what happens when the answer is no primitive.
export function main(log: Log): unknown {
  const make = (answers: Record<string, unknown>): any => ({
    [Symbol.toPrimitive](hint: string) {
      log("hint", hint);
      return answers[hint];
    },
  });
  const a = make({ default: 3, number: 7, string: "key" });
  const o: any = { key: "found", 3: "three" };
  const results: unknown[] = [a + 1, a * 1, `${a}`, o[a], a == 3, a < 8, +a, -a, ~a, String(a), Number(a), [a] + "", a in o];
  let m: any = make({ default: "1", number: 1 });
  m++;
  results.push(m);
  const bad = make({ default: {}, number: [], string: () => 0 });
  for (const use of [() => bad + 1, () => +bad, () => `${bad}`, () => o[bad], () => bad == 1, () => isNaN(bad)]) {
    try {
      results.push(use());
    } catch (error) {
      results.push((error as Error).name);
    }
  }
  const ordinary = {
    toString: () => (log("toString"), {}),
    valueOf: () => (log("valueOf"), {}),
  };
  try {
    results.push("" + ordinary);
  } catch (error) {
    results.push((error as Error).message);
  }
  const inherited = Object.create(make({ default: "D", number: 1, string: "S" }));
  inherited.toString = () => "unused";
  results.push(inherited + "", `${inherited}`, inherited - 1, [inherited, inherited].join("+"));
  return results;
}
