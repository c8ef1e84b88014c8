import type { Rule } from "../../sim/rules/rule.ts";

/** Text of each page by file name. */
export function rulePages(
  rules: readonly Rule[],
  families: Readonly<Record<string, string>>,
): Map<string, string>;
