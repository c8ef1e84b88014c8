import { Flag as F, Limits, table } from "./flags.ts";
export const name = (flags: number) => [F.UP, F.RUNNING].filter((f) => flags & f).map((f) => table[f as 1 | 64]).join("+") || "none";
export { F as Flags, Limits };
export const byName = Object.fromEntries(Object.entries(F).filter(([, v]) => typeof v === "number")) as Record<string, number>;
