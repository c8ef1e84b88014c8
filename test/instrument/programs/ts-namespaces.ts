// Namespaces: nested, merged with classes and functions, exported lets are live, order of effects.
namespace Net {
  export let count = 0;
  const secret = "hidden";
  export const add = (n: number) => (count += n);
  export namespace Deep.Deeper {
    export const value = () => secret + count;
    export let mutable = "start";
    count++;
  }
  export import Inner = Deep.Deeper;
  export class Device {
    static made: Device[] = [];
    constructor(public readonly name: string) {
      Device.made.push(this);
      add(10);
    }
  }
  export enum State { Down, Up }
  export interface Ignored {
    x: number;
  }
  export type AlsoIgnored = Ignored;
  if (count > 0) Deep.Deeper.mutable += "+changed";
  for (const n of [1, 2]) count += n;
}
namespace Net {
  export const later = () => [Net.count, Net.Device.made.map((d) => d.name), Net.Deep.Deeper.mutable];
  export const { a, b: [c = "dflt"] = [] as string[] } = { a: "destructured" } as any;
  Net.count *= 2;
}
function tool(x: number): number {
  return tool.scale * x;
}
namespace tool {
  export let scale = 3;
  export const reset = () => (scale = 1);
}
class Shape {
  area = () => Shape.Unit.factor * 2;
}
namespace Shape {
  export namespace Unit {
    export const factor = 21;
  }
}
namespace Empty {
  export type Only = number;
}
export function main(log: Log): unknown {
  log(typeof Empty, Net.count, Object.keys(Net));
  const before = Net.Deep.Deeper.value();
  new Net.Device("eth0");
  Net.count += 100;
  Net.add(1);
  const scaled = [tool(2), (tool.scale = 10), tool(2), tool.reset(), tool(2)];
  Net.Inner.mutable = "via alias";
  namespace_: for (const k of Object.keys(Net.Inner)) if (k === "value") break namespace_;
  return [before, Net.later(), scaled, new Shape().area(), Net.State[Net.State.Up], Net.a, Net.c, Net.Inner.value(), (Net as any).secret];
}
declare namespace Empty {
  const never: number;
}
