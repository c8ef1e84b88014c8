/** Paths as the debug adapter writes them, and the URIs that they stand for in this editor. */
import * as vscode from "vscode";

const SCHEME = /^[a-z][a-z0-9+.-]+:\//i;

/** A path of the disk, or a URI of another scheme (`linux:/…`, `vscode-vfs://…`) as text. */
export function uriOf(path: string): vscode.Uri {
  return SCHEME.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path);
}
