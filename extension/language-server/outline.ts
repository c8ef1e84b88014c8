/** Inlay hints, lenses and symbols: what was inferred about each function, at the function. */
import {
  type CodeLens,
  type DocumentSymbol,
  type InlayHint,
  InlayHintKind,
  type Range,
  SymbolKind,
} from "vscode-languageserver-protocol";
import { type FunctionFact, ROLES } from "../../sim/analysis/index.ts";
import { contains, range } from "./convert.ts";
import { contextText, hintText } from "./words.ts";

export function inlayHints(facts: readonly FunctionFact[], path: string, within: Range): InlayHint[] {
  return named(facts, path)
    .filter((fact) => contains(within, range(fact.nameSpan)))
    .map((fact) => ({
      position: range(fact.nameSpan).end,
      label: hintText(fact),
      kind: InlayHintKind.Type,
      paddingLeft: true,
      paddingRight: true,
      tooltip: `Runs ${contextText(fact)}; reached from ${[...fact.roles].join(", ")}`,
    }));
}

/** Functions that have a name to stand at, each once. */
function named(facts: readonly FunctionFact[], path: string): FunctionFact[] {
  return facts.filter((fact) => fact.span.file === path && fact.nameSpan.endColumn !== fact.span.endColumn);
}

export function lenses(facts: readonly FunctionFact[], path: string): CodeLens[] {
  return named(facts, path)
    .filter((fact) => fact.entry !== null)
    .map((fact) => ({
      range: range(fact.nameSpan),
      command: {
        title: `$(debug-alt) ${fact.entry}: ${ROLES[fact.entry!].says}`,
        command: "netdev-lab.debugDriverModel",
      },
    }));
}

export function symbols(facts: readonly FunctionFact[], path: string): DocumentSymbol[] {
  const roles = new Map<string, FunctionFact[]>();
  for (const fact of named(facts, path)) {
    const role = fact.entry === null ? "helpers" : groupOf(fact);
    roles.set(role, [...(roles.get(role) ?? []), fact]);
  }
  return [...roles].map(([role, members]) => {
    const children = members.map(symbol).sort((a, b) => a.range.start.line - b.range.start.line);
    return {
      name: role,
      kind: SymbolKind.Namespace,
      range: { start: children[0]!.range.start, end: children.at(-1)!.range.end },
      selectionRange: children[0]!.selectionRange,
      children,
    };
  });
}

function groupOf(fact: FunctionFact): string {
  if (/^(module_init|module_exit|probe|remove|suspend|resume)$/.test(fact.entry!))
    return "life of the module";
  if (/^(interrupt|timer|tasklet|work|kthread)$/.test(fact.entry!)) return "interrupts, timers and work";
  return "callbacks of the device";
}

function symbol(fact: FunctionFact): DocumentSymbol {
  return {
    name: fact.name,
    detail: fact.entry ?? [...fact.roles].join(", "),
    kind: SymbolKind.Function,
    range: range(fact.span),
    selectionRange: range(fact.nameSpan),
  };
}
