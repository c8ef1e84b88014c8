/** Looks for a cycle of dependencies that can really come together. */
import type { Dependency, Node } from "./dependencies.ts";

/** Longer chains than this have not been seen in practice. */
const LONGEST = 8;
/** Dependencies looked at for one new one. */
const EFFORT = 20_000;

/**
 * The shortest cycle through a new dependency, beginning with it, or null. A cycle counts if no two readers meet, if no two
 * of its dependencies have a guard in common, and if the model had a hand in it.
 */
export function findCycle(
  fresh: Dependency,
  out: (node: Node) => readonly Dependency[],
): readonly Dependency[] | null {
  if (fresh.from === fresh.to) return fresh.direct ? [fresh] : null;
  if (!reaches(fresh.to, fresh.from, out)) return null;
  let effort = EFFORT;
  const extend = (way: readonly Dependency[], length: number): readonly Dependency[] | null => {
    const last = way.at(-1)!;
    for (const next of out(last.to)) {
      if (--effort < 0) return null;
      if (!follows(last, next) || !way.every((earlier) => apart(earlier, next))) continue;
      if (next.to === fresh.from) {
        if (way.length + 1 === length && follows(next, fresh) && [...way, next].some((d) => d.direct))
          return [...way, next];
      } else if (way.length + 1 < length && !way.some((d) => d.from === next.to)) {
        const found = extend([...way, next], length);
        if (found !== null) return found;
      }
    }
    return null;
  };
  for (let length = 2; length <= LONGEST && effort > 0; length++) {
    const found = extend([fresh], length);
    if (found !== null) return found;
  }
  return null;
}

/** Whoever waits for what `a` ends at may meet whoever holds it in `b`. */
function follows(a: Dependency, b: Dependency): boolean {
  return !(a.toShared && b.fromShared);
}

function apart(a: Dependency, b: Dependency): boolean {
  return !a.guards.some((guard) => b.guards.includes(guard));
}

function reaches(from: Node, to: Node, out: (node: Node) => readonly Dependency[]): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (const next of out(node)) seen.add(next.to);
  }
  return false;
}
