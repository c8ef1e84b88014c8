/** A native tree that shows one aspect of the session in focus while it stands. */
import * as vscode from "vscode";
import { DEBUG_TYPE } from "../launchConfig.ts";
import { spoken, type ViewNode } from "./node.ts";
import { FOLLOW } from "./viewList.ts";

export interface TreeContent {
  /** The top lines, asked for at each stop while the view can be seen. */
  roots(session: vscode.DebugSession): Promise<readonly ViewNode[]>;
  /** Lines under one that brought none along. */
  children?(session: vscode.DebugSession, node: ViewNode): Promise<readonly ViewNode[]>;
}

interface Line {
  readonly node: ViewNode;
  readonly path: string;
}

export class DebugTree implements vscode.TreeDataProvider<Line>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #content: TreeContent;
  readonly #view: vscode.TreeView<Line>;
  readonly #subscriptions: vscode.Disposable[];

  constructor(id: string, content: TreeContent) {
    this.#content = content;
    this.#view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
    const refresh = (): void => this.#changed.fire(undefined);
    this.#subscriptions = [
      this.#view,
      this.#changed,
      vscode.debug.onDidChangeActiveDebugSession(refresh),
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: () => ({
          onDidSendMessage(message: unknown) {
            if (changesView(message)) refresh();
          },
        }),
      }),
    ];
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  async getChildren(line?: Line): Promise<Line[]> {
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== DEBUG_TYPE) return [];
    try {
      const nodes = await this.#nodes(session, line?.node);
      return nodes.map((node) => ({ node, path: line === undefined ? node.id : `${line.path}/${node.id}` }));
    } catch {
      return []; // the session has ended, or its program is not there yet
    }
  }

  #nodes(session: vscode.DebugSession, node: ViewNode | undefined): Promise<readonly ViewNode[]> {
    if (node === undefined) return this.#content.roots(session);
    const known = node.children ?? [];
    if (known.length > 0 || this.#content.children === undefined) return Promise.resolve(known);
    return this.#content.children(session, node);
  }

  getTreeItem({ node, path }: Line): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const lazy = node.children !== undefined && this.#content.children !== undefined;
    const opens = lazy || (node.children?.length ?? 0) > 0;
    const item = new vscode.TreeItem(node.label, opens ? (node.open === true ? Expanded : Collapsed) : None);
    item.id = path;
    item.tooltip = node.description ? `${node.label}\n${node.description}` : node.label;
    item.accessibilityInformation = { label: spoken(node) };
    if (node.description !== undefined) item.description = node.description;
    if (node.icon !== undefined) item.iconPath = new vscode.ThemeIcon(node.icon);
    if (node.event !== undefined || node.place)
      item.command = { command: FOLLOW, title: "Show", arguments: [node] };
    return item;
  }
}

function changesView(message: unknown): boolean {
  return (
    typeof message === "object" &&
    message !== null &&
    "event" in message &&
    (message.event === "stopped" || message.event === "invalidated" || message.event === "terminated")
  );
}
