// Case expressions are evaluated lazily; default in the middle; one scope for all cases.
export function main(log: Log): unknown {
  const test = <T>(v: T): T => (log("case", v), v);
  const run = (subject: unknown): unknown[] => {
    const path: unknown[] = [];
    outer: for (let round = 0; round < 3; round++) {
      switch ((log("subject", round), round === 1 ? String(subject) : subject)) {
        case test(1):
          path.push("one");
        case test("1"):
          path.push("string one");
          if (round) break outer;
          break;
        default:
          path.push("default");
          if (subject === "skip") continue outer;
        case test(NaN):
          path.push("after default");
          break;
        case test(null):
          let scoped = "null case";
          path.push(scoped);
        case test(2): {
          try {
            path.push(((scoped as string) ||= "x"));
          } catch (error) {
            path.push((error as Error).name, (error as Error).message);
          } finally {
            path.push("finally");
          }
          continue outer;
        }
        case test(3):
          scoped = "assigned in dead zone?";
          function inner() {
            return scoped;
          }
          path.push(inner());
      }
      path.push("|");
    }
    return path;
  };
  return [1, "1", 2, null, "skip", NaN, 3].map((s) => {
    try {
      return run(s);
    } catch (error) {
      return (error as Error).message;
    }
  });
}
