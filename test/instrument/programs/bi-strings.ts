// Strings: code points, comparison, padding, split with limits, raw, localeless case, builders by reduce.
export function main(log: Log): unknown {
  const columns = (rows: (string | number)[][], gap = " | "): string => {
    const widths = rows.reduce<number[]>((w, r) => r.map((c, i) => Math.max(w[i] ?? 0, String(c).length)), []);
    return rows.map((r) => r.map((c, i) => (typeof c === "number" ? String(c).padStart(widths[i]!) : c.padEnd(widths[i]!, "."))).join(gap)).join("\n");
  };
  const caesar = (s: string, n: number) => s.replace(/[a-z]/gi, (c) => String.fromCharCode(((c.charCodeAt(0) - (c <= "Z" ? 65 : 97) + n + 26) % 26) + (c <= "Z" ? 65 : 97)));
  const rle = (s: string) => s.replace(/(.)\1*/gs, (run, c: string) => (run.length > 1 ? run.length : "") + c);
  const unrle = (s: string) => s.replace(/(\d+)(\D)/g, (_, n, c) => c.repeat(n));
  const wrap = (text: string, width: number) => {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      if (line && (line + " " + word).length > width) lines.push(line), (line = "");
      line += (line && " ") + word;
    }
    return [...lines, line];
  };
  function* ngrams(s: string, n: number) {
    const chars = [...s];
    for (let i = 0; i + n <= chars.length; i++) yield chars.slice(i, i + n).join("");
  }
  log(columns([["name", "count"], ["eth0", 12], ["loopback", 7]]));
  const s: any = "abc";
  let assigned: unknown;
  try {
    s[0] = "x";
  } catch (error) {
    assigned = (error as Error).name;
  }
  return [
    caesar("Hello, World", 3), caesar(caesar("abcXYZ", 7), -7), rle("aaabccdddd"), unrle(rle("zzzzzzzzzzzzy")), wrap("the quick brown fox jumps over", 9),
    [...ngrams("a😀bé", 2)], "a,b,,c".split(",", 3), "😀".length, "😀".split(""), [..."😀"].length, "x".localeCompare("y") < 0, "ß".toUpperCase(), assigned,
    s.at(-1), "abc" < "abd", "Z" < "a", "10" < "9", ("10" as any) < 9, "a-b_c".split(/[-_]/), "  trim ".trim().length, "%" + "abc".substring(2, 0), "abc".substr?.(-2, 1), "tEST".replace(/^./, (c) => c.toUpperCase()), "abcabc".lastIndexOf("c", -1), "x".codePointAt(5), "a\u0301".normalize("NFC").length,
  ];
}
