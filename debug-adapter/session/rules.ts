/** What the catalogue says about a rule that a violation names. */
import { ruleById } from "../../sim/rules/catalogue.ts";

/** The family of a rule; an id that the catalogue does not know belongs to the run itself. */
export function familyOf(id: string): string {
  return ruleById(id)?.family ?? "run";
}

export function titleOf(id: string): string {
  return ruleById(id)?.title ?? id;
}
