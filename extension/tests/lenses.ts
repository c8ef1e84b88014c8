/** Run, debug and explore, above a model's `module_init`. */
import * as vscode from "vscode";
import { commands } from "../contributions.ts";
import { fileKind } from "../driverModel.ts";
import { t } from "../l10n.ts";

const INIT = /\bmodule_init\s*\(/;

export class ModelLenses implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const text = document.getText();
    if (fileKind(text) !== "model") return [];
    const line = text.slice(0, text.search(INIT)).split("\n").length - 1;
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command, arguments: [document.uri] });
    return [
      lens(`$(play) ${t("Run")}`, commands.runModel),
      lens(`$(debug-alt) ${t("Debug")}`, commands.debugDriverModel),
      lens(`$(beaker) ${t("Explore schedules")}`, commands.exploreModel),
    ];
  }
}
