// Shortest paths with a decrease-key heap keyed by getters, early exit by exception, path by generator.
class Found extends Error {}
type Edge = readonly [to: string, cost: number];
class Graph {
  #edges = new Map<string, Edge[]>();
  static parse(text: string): Graph {
    return text.split(";").reduce((g, e) => {
      const [, a, n, b] = /(\w)(\d+)(\w)/.exec(e)!;
      return g.link(a!, b!, +n!).link(b!, a!, +n! + 1);
    }, new this());
  }
  link(a: string, b: string, cost: number): this {
    (this.#edges.get(a) ?? this.#edges.set(a, []).get(a)!).push([b, cost]);
    return this;
  }
  shortest(from: string, to: string, log: Log): [number, string] {
    const best: Record<string, { d: number; via?: string }> = { [from]: { d: 0 } };
    const open = new Set([from]);
    const visit = (node: string) => {
      open.delete(node);
      if (node === to) throw new Found(node);
      for (const [next, cost] of this.#edges.get(node) ?? []) {
        const d = best[node]!.d + cost;
        if (d >= (best[next]?.d ?? Infinity)) continue;
        ({ [next]: { d: best[next === to ? "goal" : "none"] as any } = {} as any } = best as any);
        best[next] = { d, via: node };
        open.add(next);
      }
    };
    try {
      while (open.size) visit([...open].reduce((a, b) => (best[a]!.d <= best[b]!.d ? a : b)));
      return [Infinity, ""];
    } catch (e) {
      if (!(e instanceof Found)) throw e;
      const path = function* (at?: string): Generator<string> {
        if (at === undefined) return;
        yield* path(best[at]!.via);
        yield at;
      };
      log("settled", Object.keys(best).length, e.message);
      return [best[to]!.d, [...path(to)].join("")];
    }
  }
}
export function main(log: Log): unknown {
  const g = Graph.parse("a7b;a9c;a14f;b10c;b15d;c11d;c2f;d6e;e9f");
  return ["ae", "ea", "bf", "az", "cc"].map(([x, y]) => g.shortest(x!, y!, log));
}
