// A parser-like generator driven by throw and next, keeping its place in nested try blocks and loops.
type Token = { kind: string; text: string };
function* machine(log: Log): Generator<string, string[], Token | undefined> {
  const accepted: string[] = [];
  let errors = 0;
  lines: while (true) {
    let line = "";
    try {
      words: for (let n = 1; ; n++) {
        const token: Token | undefined = yield `${line}#${n}`;
        switch (token?.kind) {
          case undefined:
            break lines;
          case "space":
            continue words;
          case "newline":
            break words;
          case "comment":
            try {
              while ((yield "comment")?.kind !== "newline") log("in comment");
            } finally {
              accepted.push("<comment>");
            }
            continue lines;
          default:
            line += token!.text;
        }
      }
    } catch (error) {
      log("error", (error as Error).message, line);
      if (++errors > 2) return ["too many errors", ...accepted];
      line += "?";
    } finally {
      if (line) accepted.push(line);
    }
  }
  return accepted;
}
export function main(log: Log): unknown {
  const drive = (script: string) => {
    const it = machine(log);
    const states: unknown[] = [it.next().value];
    for (const c of script) {
      const step =
        c === "!"
          ? it.throw(new Error("bad input"))
          : it.next(c === "." ? undefined : { kind: ({ " ": "space", "\n": "newline", "#": "comment" } as any)[c] ?? "word", text: c });
      states.push(step.value);
      if (step.done) break;
    }
    return states;
  };
  return [drive("ab c\n#xy\nd!e."), drive("a!b!c!d."), drive("#!\nz\n.")];
}
