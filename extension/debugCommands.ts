/** Runs the debugger's own commands by the adapter's custom requests (docs/debug-adapter.md). */
import * as vscode from "vscode";
import { type DebugCommandName, debugCommands } from "./debugCommandList.ts";
import { type CommandTarget, commandTarget } from "./debugTarget.ts";
import { t } from "./l10n.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";

interface Scene {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
  readonly target: CommandTarget;
}

type Action = (scene: Scene) => Promise<unknown> | unknown;

const request = (command: string, args: object, { session }: Scene): Thenable<unknown> =>
  session.customRequest(command, args);

const ACTIONS: Readonly<Record<DebugCommandName, Action>> = {
  reverseStepInto: (s) => request("netdev-lab/reverseStep", { threadId: s.threadId, mode: "in" }, s),
  reverseStepOut: (s) => request("netdev-lab/reverseStep", { threadId: s.threadId, mode: "out" }, s),
  seek: askAndSeek,
  goToEnd: (s) => request("netdev-lab/seek", { end: true }, s),
  stepCpuAlone: (s) => request("next", { threadId: s.threadId, singleThread: true }, s),
  freezeCpu: (s) => request("netdev-lab/freeze", { threadIds: [s.threadId], frozen: true }, s),
  thawCpu: (s) => request("netdev-lab/freeze", { threadIds: [s.threadId], frozen: false }, s),
  runUntilRelease: (s) => request("netdev-lab/runCpu", { threadId: s.threadId, until: "release" }, s),
  deliverInterrupt: (s) => request("netdev-lab/interrupt", { threadId: s.threadId }, s),
  stepCard: (s) => request("netdev-lab/stepCard", {}, s),
  lastWrite: askWhoWrote,
  previousVisit: (s) => visit(s, "previous"),
  nextVisit: (s) => visit(s, "next"),
  tellPast: (s) => request("netdev-lab/tellPast", {}, s),
  setCheckpoint: setCheckpoint,
  goToCheckpoint: goToCheckpoint,
};

/** Registers every command of {@link debugCommands}; what the adapter refuses is shown in its words. */
export function registerDebugCommands(): vscode.Disposable[] {
  return (Object.keys(ACTIONS) as DebugCommandName[]).map((name) =>
    vscode.commands.registerCommand(debugCommands[name].id, async (...args: unknown[]) => {
      const session = vscode.debug.activeDebugSession;
      if (session?.type !== DEBUG_TYPE) {
        void vscode.window.showInformationMessage(t("Netdev Lab: start debugging a driver model first."));
        return;
      }
      const target = commandTarget(args);
      const threadId = target.threadId ?? vscode.debug.activeStackItem?.threadId ?? 1;
      try {
        await ACTIONS[name]({ session, threadId, target });
      } catch (error) {
        void vscode.window.showErrorMessage((error as Error).message);
      }
    }),
  );
}

const SEEK = /^(tick|statement|event)\s+(\d+)$|^(?:t\s*=\s*)?(\d+(?:\.\d+)?)\s*(ns|µs|us|ms|s)$/;
const NANOSECONDS: Readonly<Record<string, number>> = { ns: 1, µs: 1e3, us: 1e3, ms: 1e6, s: 1e9 };

async function askAndSeek(scene: Scene): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: t("Go to"),
    prompt: t("1.5 ms, tick 1200, statement 3000 or event 40"),
    validateInput: (input) =>
      SEEK.test(input.trim()) ? null : t("Write 1.5 ms, tick 1200, statement 3000 or event 40"),
  });
  const match = text === undefined ? null : SEEK.exec(text.trim());
  if (match === null) return;
  const [, what, count, time, unit] = match;
  const where =
    what === undefined
      ? { timeNs: Number(time) * (NANOSECONDS[unit ?? ""] ?? 1) }
      : { [what]: Number(count) };
  await request("netdev-lab/seek", where, scene);
}

async function askWhoWrote(scene: Scene): Promise<void> {
  const { variable } = scene.target;
  if (variable !== undefined) {
    await request("netdev-lab/lastAccess", variable, scene);
    return;
  }
  const name = await vscode.window.showInputBox({
    title: t("Who wrote this last?"),
    prompt: t("such as dev.mtu, priv.lock, TCTL"),
  });
  const item = vscode.debug.activeStackItem;
  const frame = item !== undefined && "frameId" in item ? { frameId: item.frameId } : {};
  if (name !== undefined) await request("netdev-lab/lastAccess", { name, ...frame }, scene);
}

async function visit(scene: Scene, direction: "previous" | "next"): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const line = editor.selection.active.line + 1;
  await request("netdev-lab/visit", { direction, source: { path: editor.document.uri.fsPath }, line }, scene);
}

async function setCheckpoint(scene: Scene): Promise<void> {
  const name = await vscode.window.showInputBox({ title: t("Checkpoint"), prompt: t("Name of this moment") });
  if (name !== undefined) await request("netdev-lab/checkpoint", { action: "set", name }, scene);
}

async function goToCheckpoint(scene: Scene): Promise<void> {
  const { checkpoints } = (await request("netdev-lab/checkpoint", { action: "list" }, scene)) as {
    checkpoints: { name: string; tick: number; timeline: number }[];
  };
  const items = checkpoints.map(({ name, tick, timeline }) => ({
    label: name,
    description: t("tick {0}, timeline {1}", tick, timeline),
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: t("Go to checkpoint") });
  if (chosen !== undefined)
    await request("netdev-lab/checkpoint", { action: "go", name: chosen.label }, scene);
}
