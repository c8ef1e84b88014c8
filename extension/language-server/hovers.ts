/** What the kernel promises and demands: of a function of its API, and of a function that it calls. */
import type { Hover, Position } from "vscode-languageserver-protocol";
import {
  type AnalysisResult,
  API,
  type ApiFunction,
  ROLES,
  type RoleInfo,
} from "../../sim/analysis/index.ts";
import { contextText } from "./words.ts";

/** The word at a position, if it is a name. */
export function wordAt(text: string, { line, character }: Position): string | null {
  const row = text.split("\n")[line] ?? "";
  for (const match of row.matchAll(/[A-Za-z_]\w*/g))
    if (match.index <= character && character <= match.index + match[0].length) return match[0];
  return null;
}

export function hover(
  text: string,
  position: Position,
  path: string,
  results: readonly AnalysisResult[],
): Hover | null {
  const word = wordAt(text, position);
  if (word === null) return null;
  const parts = [...callback(word), ...ownFunction(word, path, results), ...apiFunction(word)];
  return parts.length === 0 ? null : { contents: { kind: "markdown", value: parts.join("\n\n") } };
}

function callback(word: string): string[] {
  const role: RoleInfo | undefined = Object.hasOwn(ROLES, word)
    ? ROLES[word as keyof typeof ROLES]
    : undefined;
  return role === undefined ? [] : described(word, role);
}

function described(name: string, role: RoleInfo): string[] {
  const document = role.document === undefined ? [] : [`> ${role.document}\n>\n> *netdevices.txt*`];
  return [`**${name}**: ${role.says}.`, ...document];
}

function ownFunction(word: string, path: string, results: readonly AnalysisResult[]): string[] {
  const facts = results.flatMap((r) => r.facts).filter((f) => f.name === word);
  const fact = facts.find((f) => f.span.file === path) ?? facts[0];
  if (fact === undefined) return [];
  if (fact.entry !== null)
    return described(`${word}, called by the kernel as ${fact.entry}`, ROLES[fact.entry]);
  return [`**${word}** runs ${contextText(fact)}; reached from ${[...fact.roles].join(", ")}.`];
}

function apiFunction(word: string): string[] {
  const api = Object.hasOwn(API, word) ? API[word] : undefined;
  if (api === undefined) return [];
  const says = api.says === undefined ? [] : [api.says];
  return [[`**${word}()**`, ...says, ...demands(api)].join(" ")];
}

function demands(api: ApiFunction): string[] {
  const found: string[] = [];
  if (api.sleeps) found.push("May sleep: process context, no spinlock, bottom halves and interrupts on.");
  if (api.gfp !== undefined) found.push("Sleeps with GFP_KERNEL; GFP_ATOMIC in atomic context.");
  if (api.notInterrupt) found.push("Not in interrupt context.");
  else if (api.notIrq) found.push("Not in a hard interrupt handler, and not with interrupts off.");
  if (api.waits && !api.sleeps) found.push("Waits: never under a lock that the other side takes.");
  if (api.consumes !== undefined) found.push("The skb belongs to somebody else afterwards.");
  return found;
}
