import { join } from "node:path";
import * as vscode from "vscode";
import { nameError, scaffold } from "./scaffold.ts";

/** The command `Netdev Lab: New Driver Model`: asks for a name and a place, writes the folder, opens the model. */
export async function newDriverModel(apiSource: string): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: "New Driver Model",
    prompt: "Name of the driver",
    value: "mynet",
    validateInput: (value) => nameError(value),
  });
  if (name === undefined) return;
  const parent = await chooseParent(name);
  if (parent === undefined) return;
  try {
    const model = await scaffold(join(parent, name), name, apiSource);
    await vscode.window.showTextDocument(vscode.Uri.file(model), { preview: false });
    if (!isWorkspaceFolder(parent)) await offerToOpen(join(parent, name));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The driver model ${name} could not be made: ${reason}`);
  }
}

/** In an open folder the model becomes a subfolder of it; else the user says where. */
async function chooseParent(name: string): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders?.filter((folder) => folder.uri.scheme === "file") ?? [];
  if (folders.length === 1) return folders[0]?.uri.fsPath;
  if (folders.length > 1) {
    return (await vscode.window.showWorkspaceFolderPick({ placeHolder: `Where to make ${name}` }))?.uri
      .fsPath;
  }
  const picked = await vscode.window.showOpenDialog({
    title: `Where to make ${name}`,
    openLabel: `Make ${name} Here`,
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0]?.fsPath;
}

function isWorkspaceFolder(path: string): boolean {
  return vscode.workspace.workspaceFolders?.some((folder) => folder.uri.fsPath === path) ?? false;
}

async function offerToOpen(folder: string): Promise<void> {
  const open = "Open Folder";
  if ((await vscode.window.showInformationMessage(`Made ${folder}.`, open)) === open) {
    await vscode.commands.executeCommand("vscode.openFolder", vscode.Uri.file(folder));
  }
}
