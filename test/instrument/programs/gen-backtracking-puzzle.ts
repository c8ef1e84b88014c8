// SEND + MORE = MONEY in miniature: constraints as closures, choices as generators, cut by return.
type Env = Record<string, number>;
function* choose(letters: string[], digits: number[], env: Env = {}): Generator<Env, void, "cut" | undefined> {
  const [letter, ...rest] = letters;
  if (!letter) {
    yield env;
    return;
  }
  for (const d of digits) {
    const next = choose(rest, digits.filter((x) => x !== d), { ...env, [letter]: d });
    for (let step = next.next(); !step.done; ) {
      const answer: "cut" | undefined = yield step.value;
      step = answer === "cut" ? next.return() : next.next(answer);
      if (answer === "cut") break;
    }
  }
}
function* solve(puzzle: string, digits: number[], log: Log): Generator<string, number> {
  const words = puzzle.match(/[A-Z]+/g)!;
  const letters = [...new Set(puzzle.match(/[A-Z]/g))];
  const value = (w: string, e: Env) => [...w].reduce((n, c) => n * 10 + e[c]!, 0);
  const search = choose(letters, digits);
  let tried = 0;
  let step = search.next();
  try {
    while (!step.done) {
      const e = step.value;
      tried++;
      if (words.some(([c]) => e[c!] === 0)) {
        step = search.next("cut");
        continue;
      }
      const [sum, ...parts] = words.map((w) => value(w, e)).reverse();
      if (parts.reduce((a, b) => a + b, 0) === sum) yield words.map((w) => value(w, e)).join(" ");
      step = search.next();
    }
    return tried;
  } finally {
    log("tried", tried, step.done);
  }
}
export function main(log: Log): unknown {
  const it = solve("AB + BA = CAC", [0, 1, 2, 9], log);
  const all: unknown[] = [];
  for (let s = it.next(); ; s = it.next()) {
    all.push(s.value);
    if (s.done) break;
  }
  const [first] = solve("A + B = C", [1, 2, 3], log);
  const none = [...solve("AA = B", [1, 2], log)];
  return [all, first, none];
}
