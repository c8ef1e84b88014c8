import { Flags, Limits, byName, name } from "./names.ts";
import * as flags from "./flags.ts";
import { Limits as Same } from "./flags.ts";
export function main(log: Log): unknown {
  const out: unknown[] = [];
  for (const f of [0, Flags.UP, Flags.Both, 64 | 128]) {
    out.push(name(f));
    switch (f) {
      case Flags.UP:
        out.push("just up");
        break;
      case flags.Flag.Both:
        out.push(Flags[f]);
    }
  }
  const before = Limits.current;
  Limits.raise(100);
  Same.current -= 50;
  log(before, Limits.current, flags.Limits.current, Same === Limits);
  Limits.current = Limits.MTU;
  return [out, byName, Flags[65], Object.keys(flags.table), "State" in flags];
}
