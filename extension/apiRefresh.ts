import { dirname } from "node:path";
import * as vscode from "vscode";
import { API_HOME, folderWithApi, refreshApi } from "./apiCopy.ts";

/** Keeps the copies of the types that scaffolded folders hold as new as the extension. */
export class ApiRefresh {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** All copies in the open folders; runs after activation, nobody waits for it. */
  async workspace(): Promise<void> {
    const stamps = await vscode.workspace.findFiles(`**/${API_HOME}/version`, "**/node_modules/**", 100);
    for (const stamp of stamps) await this.#refresh(dirname(dirname(stamp.fsPath)));
  }

  /** The copy that belongs to a model. */
  async beforeLaunch(program: string): Promise<void> {
    const folder = await folderWithApi(program);
    if (folder !== undefined) await this.#refresh(folder);
  }

  /** Types are for the editor only: a folder that can't be written to must not keep a model from running. */
  async #refresh(folder: string): Promise<void> {
    try {
      await refreshApi(this.#source, folder);
    } catch (error) {
      console.warn(`Netdev Lab: the types in ${folder} could not be refreshed: ${String(error)}`);
    }
  }
}
