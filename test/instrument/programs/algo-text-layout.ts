// Justification by dynamic programming with memo closures, hyphens, and cost callbacks.
type Line = { words: string[]; cost: number };
const layout = (text: string, width: number, cost: (slack: number, last: boolean) => number = (s, last) => (last ? 0 : s ** 3)) => {
  const words = text.trim().split(/\s+/).flatMap((w) => (w.length > width ? (w.match(new RegExp(`.{1,${width - 1}}`, "g")) ?? []).map((p, i, { length }) => (i < length - 1 ? p + "-" : p)) : w));
  const memo = new Map<number, { total: number; lines: Line[] }>();
  const best = (from: number): { total: number; lines: Line[] } => {
    const known = memo.get(from);
    if (known) return known;
    if (from === words.length) return { total: 0, lines: [] };
    let result: { total: number; lines: Line[] } | undefined;
    for (let to = from + 1, used = -1; to <= words.length; to++) {
      used += 1 + words[to - 1]!.length;
      if (used > width) break;
      const c = cost(width - used, to === words.length);
      const { total, lines } = best(to);
      if (c + total < (result?.total ?? Infinity)) result = { total: c + total, lines: [{ words: words.slice(from, to), cost: c }, ...lines] };
    }
    memo.set(from, (result ??= { total: Infinity, lines: [] }));
    return result;
  };
  const { total, lines } = best(0);
  const justify = ({ words: [first, ...rest] }: Line, i: number) => {
    if (i === lines.length - 1 || !rest.length) return [first, ...rest].join(" ");
    let spaces = width - [first, ...rest].join("").length;
    return rest.reduce((line, w, k) => {
      const n = Math.ceil(spaces / (rest.length - k));
      spaces -= n;
      return line! + " ".repeat(n) + w;
    }, first);
  };
  return { total, text: lines.map(justify).join("\n"), memo: memo.size };
};
export function main(log: Log): unknown {
  const text = "The hard_start_xmit method puts the packet in a transmission queue and incomprehensibilities follow";
  const results = [12, 20, 30].map((w) => layout(text, w));
  let calls = 0;
  const greedy = layout("a bb ccc dd e", 5, (slack, last) => (calls++, last ? -1 : slack));
  log(calls, greedy.text.split("\n"));
  return results.map(({ total, text, memo }) => [total, memo, text]);
}
