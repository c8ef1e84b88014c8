// Enums: reverse mappings, strings, computed members, merging, const enums, use as types and values.
enum Color { Red, Green = 5, Blue, Alias = Green }
enum Name { A = "alpha", B = "b" + "eta" }
enum Mixed { No = 0, Yes = "YES", Computed = "abc".length, Shifted = 1 << 4, Combined = Shifted | No, Neg = -1 }
enum Color { Violet = 100, Last }
const enum Flag { None = 0, Up = 1 << 0, Running = 1 << 1, Both = Up | Running, Big = 0xff00 }
declare const enum Ambient { X = 3 }
namespace Color {
  export const parse = (s: string): Color | undefined => (Color as any)[s];
  export function* all() {
    for (const [k, v] of Object.entries(Color)) if (typeof v === "number") yield [k, v] as const;
  }
}
export function main(log: Log): unknown {
  const flags = (f: number) => {
    const names: string[] = [];
    if (f & Flag.Up) names.push("UP");
    if (f & Flag.Running) names.push("RUNNING");
    if (f === Flag.Both) names.push("BOTH");
    return names.join("|") || Flag.None;
  };
  const describe = (c: Color): string => {
    switch (c) {
      case Color.Red:
        return "r";
      case Color.Green:
        return "g/" + Color[c];
      case Color.Blue:
      case Color.Last:
        return "late";
      default:
        return Color[c] ?? `unknown ${c}`;
    }
  };
  let side = 0;
  enum Local { First = ++side, Second = First + side, Third = (() => side++ * 100)() }
  class Holder {
    static Kind = Local;
    kind: Local = Local.Second;
    get label() {
      return Holder.Kind[this.kind];
    }
  }
  log([...Color.all()], Color.parse("Blue"), Color.parse("parse"));
  return [Color, [0, 5, 6, 100, 101, 42].map(describe), Name, Mixed, [0, 1, 2, 3, Flag.Big].map(flags), Local, new Holder().label, side, Color[Color.Alias], Name.A.length, Object.keys(Mixed)];
}
