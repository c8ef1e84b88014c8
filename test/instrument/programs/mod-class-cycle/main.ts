import { Base } from "./base.ts";
import { define, failed, Leaf, type make } from "./leaf.ts";
export function main(log: Log): unknown {
  const first: unknown[] = [];
  if (!Leaf)
    try {
      Base.create("leaf");
    } catch (error) {
      first.push((error as Error).name);
    }
  define();
  const l = new Leaf().link("leaf", "other");
  log([...l.walk()], failed);
  const viaStatic = (Leaf as any).create("other");
  type Unused = typeof make;
  const unused: Unused | undefined = undefined;
  return [first.length <= 1, l instanceof Base, viaStatic.peers.length, [...viaStatic.walk(2)], unused];
}
