/** Hit conditions, in the grammar of the JavaScript debugger: `5`, `>= 5`, `= 5`, `< 5`, `% 5`. */
import { UserError } from "../errors.ts";

/** True if a breakpoint stops at its `n`th hit (counted from 1). */
export type HitCondition = (n: number) => boolean;

const GRAMMAR = /^(>|>=|={1,3}|<|<=|%)?\s*([0-9]+)$/;

export function parseHitCondition(text: string): HitCondition {
  const match = GRAMMAR.exec(text.trim());
  if (match === null)
    throw new UserError(
      `cannot read the hit condition "${text}": write a number, or one of > >= = < <= % and a number`,
    );
  const limit = Number(match[2]);
  switch (match[1]) {
    case ">":
      return (n) => n > limit;
    case ">=":
      return (n) => n >= limit;
    case "<":
      return (n) => n < limit;
    case "<=":
      return (n) => n <= limit;
    case "%":
      if (limit === 0) throw new UserError("the hit condition % 0 never holds");
      return (n) => n % limit === 0;
    default:
      return (n) => n === limit;
  }
}
