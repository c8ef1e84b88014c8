/** The Test Explorer: every driver model is a test that can be run, debugged, and searched for a schedule that breaks it. */
import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import { fileKind } from "../driverModel.ts";
import { t } from "../l10n.ts";
import { DEBUG_TYPE } from "../launchConfig.ts";
import { setting } from "../readSettings.ts";
import { type FoundViolation, type Outcome, readOutcome, stackLabel, verdict } from "./outcome.ts";
import { runProgram } from "./program.ts";

const MODELS = "**/*.ts";
const NO_MODELS = "**/{node_modules,.netdev-lab,dist}/**";

export class ModelTests implements vscode.Disposable {
  readonly #controller = vscode.tests.createTestController("netdev-lab", t("Driver Models"));
  readonly #cli: string;
  readonly #schedules: string;
  readonly #subscriptions: vscode.Disposable[];
  readonly #scheduleOf = new WeakMap<vscode.TestItem, string>();
  #looked = false;

  /** `schedules`: folder for what a search writes. */
  constructor(cli: string, schedules: string) {
    this.#cli = cli;
    this.#schedules = schedules;
    const { Run, Debug } = vscode.TestRunProfileKind;
    const controller = this.#controller;
    controller.resolveHandler = (item) => (item === undefined ? this.#find() : undefined);
    controller.refreshHandler = () => this.#find(true);
    controller.createRunProfile(t("Run"), Run, (request, token) => this.#run(request, token, false), true);
    controller.createRunProfile(t("Explore"), Run, (request, token) => this.#run(request, token, true));
    controller.createRunProfile(t("Debug"), Debug, (request) => this.#debug(request), true);
    this.#subscriptions = [
      controller,
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document.uri, document.getText())),
      vscode.workspace.onDidSaveTextDocument((document) => this.#look(document.uri, document.getText())),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) controller.items.delete(uri.toString());
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.#look(document.uri, document.getText());
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  /** Runs or searches one model, as the Test Explorer does. */
  async start(uri: vscode.Uri, explore: boolean): Promise<void> {
    const item = await this.#item(uri);
    const cancel = new vscode.CancellationTokenSource();
    const name = basename(uri.fsPath);
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: explore ? t("Exploring {0}", name) : t("Running {0}", name),
        cancellable: true,
      },
      async (progress, token) => {
        token.onCancellationRequested(() => cancel.cancel());
        const request = new vscode.TestRunRequest([item]);
        await this.#run(request, cancel.token, explore, (message) => progress.report({ message }));
      },
    );
  }

  async #find(again = false): Promise<void> {
    if (this.#looked && !again) return;
    this.#looked = true;
    for (const uri of await vscode.workspace.findFiles(MODELS, NO_MODELS)) {
      const bytes = await vscode.workspace.fs.readFile(uri);
      this.#look(uri, new TextDecoder().decode(bytes));
    }
  }

  #look(uri: vscode.Uri, text: string): void {
    if (uri.scheme !== "file" || !uri.path.endsWith(".ts")) return;
    const known = this.#controller.items.get(uri.toString());
    if (fileKind(text) !== "model") {
      if (known !== undefined) this.#controller.items.delete(uri.toString());
      return;
    }
    const item = known ?? this.#controller.createTestItem(uri.toString(), basename(uri.fsPath), uri);
    const line = text.slice(0, Math.max(0, text.search(/\bmodule_init\s*\(/))).split("\n").length - 1;
    item.range = new vscode.Range(line, 0, line, 0);
    item.description = vscode.workspace.asRelativePath(dirname(uri.fsPath));
    if (known === undefined) this.#controller.items.add(item);
  }

  async #item(uri: vscode.Uri): Promise<vscode.TestItem> {
    const document = await vscode.workspace.openTextDocument(uri);
    this.#look(uri, document.getText());
    const item = this.#controller.items.get(uri.toString());
    if (item === undefined) throw new Error(t("{0} is no driver model", basename(uri.fsPath)));
    return item;
  }

  async #run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    explore: boolean,
    say: (line: string) => void = () => {},
  ): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showErrorMessage(t("Running a driver model runs its code: trust the folder first."));
      return;
    }
    await this.#find();
    const run = this.#controller.createTestRun(request);
    const excluded = new Set(request.exclude);
    const items = request.include ?? [...this.#controller.items].map(([, item]) => item);
    for (const item of items) run.enqueued(item);
    for (const item of items) {
      if (token.isCancellationRequested || excluded.has(item)) run.skipped(item);
      else await this.#runOne(run, item, token, explore, say);
    }
    run.end();
  }

  async #runOne(
    run: vscode.TestRun,
    item: vscode.TestItem,
    token: vscode.CancellationToken,
    explore: boolean,
    say: (line: string) => void,
  ): Promise<void> {
    const { uri } = item;
    if (uri === undefined) return;
    run.started(item);
    const begun = Date.now();
    const schedule = this.#scheduleOf.get(item);
    const args =
      schedule !== undefined
        ? ["replay", schedule, "--json"]
        : explore
          ? [
              "explore",
              uri.fsPath,
              "--json",
              "--time",
              String(setting("exploreSeconds")),
              "--out",
              this.#schedules,
            ]
          : ["run", uri.fsPath, "--json"];
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await document.save();
      const tell = (line: string): void => {
        run.appendOutput(`${line}\r\n`, undefined, item);
        say(line);
      };
      const stop = (kill: () => void): void => void token.onCancellationRequested(kill);
      const output = await runProgram(this.#cli, args, dirname(uri.fsPath), tell, stop);
      const outcome = readOutcome(output);
      this.#judge(run, item, outcome, document.getText(), Date.now() - begun);
      if (explore) this.#addSchedules(item, uri, outcome);
    } catch (error) {
      if (token.isCancellationRequested) run.skipped(item);
      else run.errored(item, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
    }
  }

  #judge(run: vscode.TestRun, item: vscode.TestItem, outcome: Outcome, text: string, ms: number): void {
    const { failed, missing } = verdict(outcome, text);
    const messages = [
      ...failed.map(messageOf),
      ...missing.map((rule) => new vscode.TestMessage(t("@expect names {0}, and nothing broke it", rule))),
    ];
    const { runs, ticks, historyHash } = outcome;
    run.appendOutput(`runs ${runs}, ticks ${ticks}, history ${historyHash}\r\n`, undefined, item);
    if (messages.length === 0) run.passed(item, ms);
    else run.failed(item, messages, ms);
  }

  /** Found schedules stand under their model; debugging one opens it before its violation. */
  #addSchedules(item: vscode.TestItem, uri: vscode.Uri, { violations }: Outcome): void {
    const children = violations.flatMap((found) => {
      if (found.schedule === null) return [];
      const child = this.#controller.createTestItem(`${item.id}#${found.schedule}`, found.rule, uri);
      child.description = t("found schedule: {0}", found.message);
      child.range = new vscode.Range(found.line - 1, found.column - 1, found.line - 1, found.column - 1);
      this.#scheduleOf.set(child, found.schedule);
      return [child];
    });
    item.children.replace(children);
  }

  async #debug({ include }: vscode.TestRunRequest): Promise<void> {
    const item = include?.[0];
    if (item?.uri === undefined) return;
    const schedule = this.#scheduleOf.get(item);
    const what =
      schedule === undefined
        ? { request: "launch", name: `Debug ${item.label}`, program: item.uri.fsPath }
        : { request: "attach", name: `Debug ${basename(schedule)}`, schedule };
    const folder = vscode.workspace.getWorkspaceFolder(item.uri);
    await vscode.debug.startDebugging(folder, { type: DEBUG_TYPE, ...what });
  }
}

function messageOf(found: FoundViolation): vscode.TestMessage {
  const message = new vscode.TestMessage(`${found.message} [${found.rule}]`);
  message.location = new vscode.Location(vscode.Uri.file(found.file), positionOf(found));
  message.stackTrace = [
    new vscode.TestMessageStackFrame(
      stackLabel(found, found.context),
      vscode.Uri.file(found.file),
      positionOf(found),
    ),
    ...found.related.map(
      (place) =>
        new vscode.TestMessageStackFrame(
          `${stackLabel(place)}: ${place.message}`,
          place.file.startsWith("linux:") ? vscode.Uri.parse(place.file) : vscode.Uri.file(place.file),
          positionOf(place),
        ),
    ),
  ];
  return message;
}

function positionOf({ line, column }: { line: number; column: number }): vscode.Position {
  return new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
}

/** Where the extension keeps the schedules of searches. */
export function schedulesFolder(storage: vscode.Uri | undefined, fallback: string): string {
  return join(storage?.fsPath ?? fallback, "schedules");
}
