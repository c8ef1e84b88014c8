// Conditions with assignments inside, loops whose headers call functions that change the loop.
export function main(log: Log): unknown {
  const queue = [3, 1, 2];
  let item: number | undefined;
  const seen: unknown[] = [];
  while ((item = queue.shift()) !== undefined && (log("item", item), item) > 0) {
    if (item === 3) queue.push(0, 9);
    if ((seen.push(item), item === 1) || !queue.length) continue;
    seen.push(-item);
  }
  let tries = 0;
  do {
    if (++tries === 2) continue;
    seen.push("try" + tries);
  } while (((tries += 1), tries < 6) && log("again", tries) === undefined);
  const object: any = { n: 0, get more() { return this.n++ < 3; }, step() { this.n += this.n; return this; } };
  for (let o = object; o.more; o = o.step()) seen.push(o.n);
  let a = 0, b = 0;
  if ((a = 5) && (b = 0)) seen.push("never");
  else if (((b = a), (a = 1)) || (b = 99)) seen.push([a, b]);
  for (let i = 0, n = 3; i < n; i++, n -= i > 1 ? 1 : 0) {
    const j = i;
    n = n > 3 ? n : n + (j === 0 ? 1 : 0);
    seen.push([j, n]);
  }
  let guard = 0;
  outer: while (true) {
    for (const c of "abc") {
      if (guard++ > 6) break outer;
      if (c === "b") continue outer;
      seen.push(c + guard);
    }
  }
  return [seen, tries, object.n, guard, item];
}
