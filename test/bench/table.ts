/** [what was measured, the figure, what it should be] */
export type Row = readonly [string, string, string];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

/** A Markdown table. */
export function table(rows: readonly Row[]): string {
  const all: Row[] = [["measured", "median", "target"], ...rows];
  const width = ([0, 1, 2] as const).map((c) => Math.max(...all.map((row) => row[c].length)));
  const line = (row: Row): string => `| ${row.map((cell, c) => cell.padEnd(width[c]!)).join(" | ")} |`;
  const rule = `|${width.map((w) => "-".repeat(w + 2)).join("|")}|`;
  return [line(all[0]!), rule, ...all.slice(1).map(line)].join("\n");
}
