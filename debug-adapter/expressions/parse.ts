/** Text of the user → syntax tree, with an error that says what is wrong with it. */
import { parseExpression } from "@babel/parser";
import type * as t from "@babel/types";
import { UserError } from "../errors.ts";

/** Parses one expression (TypeScript; types are ignored). */
export function parse(text: string): t.Expression {
  if (text.trim() === "") throw new UserError("the expression is empty");
  try {
    return parseExpression(text, { plugins: ["typescript"], attachComment: false });
  } catch (error) {
    const message = (error as Error).message.replace(/\s*\(\d+:\d+\)$/, "");
    throw new UserError(`cannot read "${text.trim()}": ${message}`);
  }
}
