/** Tools that only look: rules, and what is known to be wrong. They ask for no confirmation. */
import * as vscode from "vscode";
import { t } from "../l10n.ts";
import { uriOf } from "../uris.ts";
import { tools } from "./toolList.ts";

const SOURCE = "Netdev Lab";

export function registerReadingTools(rulePages: vscode.Uri): vscode.Disposable[] {
  return [
    vscode.lm.registerTool<{ id?: string }>(tools.rule.name, {
      prepareInvocation: ({ input }) => ({
        invocationMessage: t("Looking up {0}", input.id ?? t("the rules")),
      }),
      invoke: async ({ input }) =>
        textResult((await rulePage(rulePages, input.id)) ?? (await ruleList(rulePages))),
    }),
    vscode.lm.registerTool<{ file: string; line?: number }>(tools.explain.name, {
      prepareInvocation: () => ({ invocationMessage: t("Reading what is wrong") }),
      invoke: async ({ input }) => textResult(await explained(rulePages, uriOf(input.file), input.line)),
    }),
  ];
}

export function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

async function explained(rulePages: vscode.Uri, uri: vscode.Uri, line: number | undefined): Promise<string> {
  const known = vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source?.startsWith(SOURCE))
    .filter(({ range }) => line === undefined || (range.start.line < line && line <= range.end.line + 1));
  if (known.length === 0)
    return `Nothing is known to be wrong in ${uri.path}. Run it or explore its schedules.`;
  const pages = new Map<string, string | null>();
  for (const diagnostic of known) {
    const id = ruleOf(diagnostic);
    if (!pages.has(id)) pages.set(id, await rulePage(rulePages, id));
  }
  const rules = [...pages.values()].filter((page) => page !== null);
  return [...known.map(problem), ...rules].join("\n\n---\n\n");
}

function problem(diagnostic: vscode.Diagnostic): string {
  const { message, range, source, relatedInformation = [] } = diagnostic;
  const related = relatedInformation.map(
    ({ message: text, location }) => `- ${text} (${location.uri.path}:${location.range.start.line + 1})`,
  );
  return [`line ${range.start.line + 1}: ${message} [${ruleOf(diagnostic)}] (${source})`, ...related].join(
    "\n",
  );
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

async function rulePage(rulePages: vscode.Uri, id: string | undefined): Promise<string | null> {
  if (id === undefined || !/^[a-z0-9-]+$/.test(id)) return null;
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(rulePages, `${id}.md`));
    return new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}

async function ruleList(rulePages: vscode.Uri): Promise<string> {
  const entries = await vscode.workspace.fs.readDirectory(rulePages);
  const ids = entries.map(([name]) => name.replace(/\.md$/, "")).filter((id) => /^[a-z0-9-]+$/.test(id));
  return `Rules: ${ids.sort().join(", ")}`;
}
