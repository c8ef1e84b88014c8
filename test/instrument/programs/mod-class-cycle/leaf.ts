import { Base } from "./base.ts";
import type { Shape } from "./types.ts";
export const failed: string[] = [];
try {
  void Base;
} catch (error) {
  failed.push((error as Error).name);
}
export const make = (): Shape => ({ corners: 4 });
export let Leaf: new () => Base;
export const define = () => {
  Leaf = class Leaf extends Base {
    static override create = (kind: string) => super.create(kind).link("leaf");
    name = "leaf" + make().corners;
    override *walk(depth?: number) {
      yield* super.walk(depth);
      yield "!";
    }
  };
};
