// Every way into a finally with every way out of it.
export function main(log: Log): unknown {
  const ways = ["fall", "break", "continue", "return", "throw"] as const;
  type Way = (typeof ways)[number];
  function run(first: Way, second: Way): unknown {
    const path: string[] = [];
    let rounds = 0;
    try {
      loop: while (rounds++ < 2) {
        try {
          path.push("try");
          if (first === "break") break loop;
          if (first === "continue") continue;
          if (first === "return") return ["returned from try", path, path.push("evaluated")];
          if (first === "throw") throw new Error("from try");
          path.push("end of try");
        } catch (error) {
          path.push("catch " + (error as Error).message);
          if (second === "fall" && rounds === 1) throw new TypeError("from catch");
        } finally {
          path.push("finally");
          if (second === "break") break loop;
          if (second === "continue") continue loop;
          if (second === "return") return ["returned from finally", path];
          if (second === "throw") throw new RangeError("from finally");
        }
        path.push("after");
      }
      path.push("end");
    } catch (error) {
      path.push("outer " + (error as Error).name);
    } finally {
      log(first, second, path.join(" "));
    }
    return path.length;
  }
  return ways.flatMap((first) => ways.map((second) => run(first, second)));
}
