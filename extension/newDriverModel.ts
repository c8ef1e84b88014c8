import { join } from "node:path";
import * as vscode from "vscode";
import { t } from "./l10n.ts";
import { nameError, scaffold } from "./scaffold.ts";
import { templates } from "./templates/templates.ts";

/** The command `Netdev Lab: New Driver Model`: asks for name, template and place, writes the folder, opens the model. */
export async function newDriverModel(extension: string): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: t("New Driver Model"),
    prompt: t("Name of the driver"),
    value: "mynet",
    validateInput: (value) => nameError(value),
  });
  if (name === undefined) return;
  const items = templates();
  const placeHolder = t("What the driver starts from");
  const template = await vscode.window.showQuickPick(items, {
    title: t("New Driver Model"),
    placeHolder,
  });
  if (template === undefined) return;
  const parent = (await chooseParent(name))?.fsPath;
  if (parent === undefined) return;
  try {
    const model = await scaffold({ folder: join(parent, name), name, template, extension });
    await vscode.window.showTextDocument(vscode.Uri.file(model), { preview: false });
    if (!isWorkspaceFolder(parent)) await offerToOpen(join(parent, name));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(t("The driver model {0} could not be made: {1}", name, reason));
  }
}

/** In an open folder something new becomes a subfolder of it; else the user says where. */
export async function chooseParent(name: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders?.filter((folder) => folder.uri.scheme === "file") ?? [];
  if (folders.length === 1) return folders[0]?.uri;
  const where = t("Where to make {0}", name);
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick({ placeHolder: where }))?.uri;
  const picked = await vscode.window.showOpenDialog({
    title: where,
    openLabel: t("Make {0} Here", name),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0];
}

function isWorkspaceFolder(path: string): boolean {
  return vscode.workspace.workspaceFolders?.some((folder) => folder.uri.fsPath === path) ?? false;
}

async function offerToOpen(folder: string): Promise<void> {
  const open = t("Open Folder");
  if ((await vscode.window.showInformationMessage(t("Made {0}.", folder), open)) === open) {
    await vscode.commands.executeCommand("vscode.openFolder", vscode.Uri.file(folder));
  }
}
