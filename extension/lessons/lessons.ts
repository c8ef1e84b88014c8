/** The museum as lessons: copies one into a folder, opens it with its page, and compares it with how Linux mended it. */
import * as vscode from "vscode";
import { t } from "../l10n.ts";
import { type Lesson, lessonModel, lessonPage, neededFiles, readLesson } from "./lesson.ts";

/** Makes a folder ready for driver models: types, and where to find them. */
export type Prepare = (folder: vscode.Uri) => Promise<void>;

const BUGGY = "buggy.ts";
const FIXED = "fixed.ts";

export class Lessons {
  readonly #examples: vscode.Uri;
  readonly #prepare: Prepare;

  constructor(extensionUri: vscode.Uri, prepare: Prepare) {
    this.#examples = vscode.Uri.joinPath(extensionUri, "examples");
    this.#prepare = prepare;
  }

  /** The command: asks which lesson unless one is named, and where to put it. */
  async open(id: unknown, chooseParent: (name: string) => Promise<vscode.Uri | undefined>): Promise<void> {
    const lesson = typeof id === "string" ? await this.#lesson(id) : await this.#choose();
    if (lesson === null || lesson === undefined) return;
    const parent = await chooseParent("lessons");
    if (parent === undefined) return;
    const folder = vscode.Uri.joinPath(parent, "lessons");
    const model = vscode.Uri.joinPath(folder, "museum", lesson.id, BUGGY);
    if (!(await exists(model))) {
      await this.#write(lesson, folder);
      await this.#prepare(folder);
    }
    const page = vscode.Uri.joinPath(folder, "museum", lesson.id, "README.md");
    await vscode.window.showTextDocument(model, { preview: false, viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
    await vscode.window.showTextDocument(model, { preview: false, viewColumn: vscode.ViewColumn.One });
  }

  /** The command: the lesson in the editor beside the exhibit's mended twin. */
  async compare(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const id = uri === undefined ? undefined : /\/museum\/([^/]+)\/[^/]+\.ts$/.exec(uri.path)?.[1];
    const fixed = id === undefined ? undefined : this.#exhibit(id, FIXED);
    if (uri === undefined || fixed === undefined || !(await exists(fixed))) {
      void vscode.window.showInformationMessage(
        t("Open the driver of a lesson first: Netdev Lab: Open a Lesson."),
      );
      return;
    }
    const title = t("{0}: your driver ↔ how Linux mended it", id ?? "");
    await vscode.commands.executeCommand("vscode.diff", uri, fixed, title);
  }

  async #choose(): Promise<Lesson | undefined> {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(this.#examples, "museum"));
    const found = await Promise.all(entries.map(([name]) => this.#lesson(name)));
    const items = found
      .filter((lesson) => lesson !== null)
      .map((lesson) => ({ label: lesson.title, description: lesson.driver, lesson }));
    const placeHolder = t("A bug that Linux had, to be found and mended");
    return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.lesson;
  }

  async #lesson(id: string): Promise<Lesson | null> {
    try {
      return readLesson(id, await read(this.#exhibit(id, BUGGY)), await read(this.#exhibit(id, FIXED)));
    } catch {
      return null; // a folder that is no exhibit
    }
  }

  async #write(lesson: Lesson, folder: vscode.Uri): Promise<void> {
    const own = vscode.Uri.joinPath(folder, "museum", lesson.id);
    const text = lessonModel(lesson, await read(this.#exhibit(lesson.id, BUGGY)));
    await write(vscode.Uri.joinPath(own, BUGGY), text);
    await write(vscode.Uri.joinPath(own, "README.md"), lessonPage(lesson, BUGGY));
    await this.#copyNeeded(text, vscode.Uri.joinPath(this.#examples, "museum", lesson.id), own);
  }

  /** What a file imports, and what that imports, keeps its place beside the others. */
  async #copyNeeded(text: string, from: vscode.Uri, to: vscode.Uri): Promise<void> {
    for (const path of neededFiles(text)) {
      const [source, target] = [vscode.Uri.joinPath(from, path), vscode.Uri.joinPath(to, path)];
      if (await exists(target)) continue;
      const needed = await read(source);
      await write(target, needed);
      await this.#copyNeeded(needed, vscode.Uri.joinPath(source, ".."), vscode.Uri.joinPath(target, ".."));
    }
  }

  #exhibit(id: string, file: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#examples, "museum", id, file);
  }
}

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
