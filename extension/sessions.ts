import * as vscode from "vscode";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { VIOLATION_EVENT } from "./violation.ts";
import type { Violations } from "./violations.ts";

/** Connects debug sessions to the Problems panel. */
export function watchSessions(violations: Violations): vscode.Disposable[] {
  return [
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (session.type === DEBUG_TYPE && event === VIOLATION_EVENT)
        void violations.add(programOf(session), body);
    }),
    // A restart goes to the same adapter and starts no new session: only the request itself tells of it.
    vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
      createDebugAdapterTracker: (session) => ({
        onWillReceiveMessage(message: unknown) {
          if (startsRun(message)) violations.begin(programOf(session));
        },
      }),
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.type === DEBUG_TYPE) violations.end(programOf(session));
    }),
    vscode.workspace.onDidChangeTextDocument((event) => violations.edited(event)),
  ];
}

function programOf(session: vscode.DebugSession): string {
  const program: unknown = session.configuration.program;
  return typeof program === "string" ? program : "";
}

function startsRun(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("command" in message)) return false;
  return message.command === "launch" || message.command === "restart";
}
