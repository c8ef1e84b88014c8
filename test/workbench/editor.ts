import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Locator,
  type Page,
} from "playwright-core";

const ARTIFACTS = join(import.meta.dirname, "../artifacts");
const TIMEOUT_MS = 30_000;

/** One page of VS Code, driven as a user does: by keys and clicks. */
export class Editor {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #prefix: string;
  #shots = 0;

  private constructor(browser: Browser, context: BrowserContext, page: Page, prefix: string) {
    this.#prefix = prefix;
    this.#browser = browser;
    this.#context = context;
    this.page = page;
  }

  /** Opens the workbench at `url` and waits until it shows a file of the folder. Pictures' names begin with `prefix`. */
  static async open(executablePath: string, url: string, file: string, prefix = ""): Promise<Editor> {
    const browser = await chromium.launch({
      executablePath,
      args: [
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    });
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    await page.goto(url);
    const editor = new Editor(browser, context, page, prefix === "" ? "" : `${prefix}-`);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    await editor.fileRow(file).waitFor();
    return editor;
  }

  async close(): Promise<void> {
    await this.#context.close();
    await this.#browser.close();
  }

  /** Removes the pictures of an earlier test. */
  static forgetScreenshots(): void {
    mkdirSync(ARTIFACTS, { recursive: true });
    for (const name of readdirSync(ARTIFACTS)) if (name.endsWith(".png")) rmSync(join(ARTIFACTS, name));
  }

  /** Keeps a picture in test/artifacts, numbered in the order of the test. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(ARTIFACTS, { recursive: true });
    const path = join(ARTIFACTS, `${this.#prefix}${String(++this.#shots).padStart(2, "0")}-${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  fileRow(name: string): Locator {
    const label = this.page.locator(".label-name", { hasText: exactly(name) });
    return this.page.locator(".explorer-folders-view .monaco-list-row").filter({ has: label }).first();
  }

  /** Runs a command of the palette. A click, for Enter may take a similar one. */
  async command(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget .quick-input-box input");
    // The palette closes again when the debugger takes the focus just then.
    for (let tries = 0; tries < 5; tries++) {
      await this.page.keyboard.press("F1");
      const filled = await input.fill(`>${title}`, { timeout: 4000 }).then(
        () => true,
        () => false,
      );
      if (filled) break;
    }
    await this.pick(title);
  }

  /** Clicks the row of the open quick pick with exactly this label: the list may still show another query's rows. */
  async pick(label: string): Promise<void> {
    const row = this.choice(label);
    // Rows are reused while results come in: only a row that stays where it is may be clicked.
    for (let before = ""; ; ) {
      await row.waitFor();
      const now = JSON.stringify([await row.boundingBox(), await row.getAttribute("data-index")]);
      if (now === before) break;
      before = now;
      await this.page.waitForTimeout(200);
    }
    await row.click();
  }

  private choice(label: string): Locator {
    const name = this.page.locator(".label-name", {
      hasText: new RegExp(`^${label.replace(/[.()]/g, "\\$&")}$`),
    });
    return this.page.locator(".quick-input-list .monaco-list-row").filter({ has: name }).first();
  }

  /** Answers the open input box. */
  async answer(text: string): Promise<void> {
    await this.page.locator(".quick-input-widget .quick-input-box input").fill(text);
    await this.page.keyboard.press("Enter");
  }

  async openFile(name: string): Promise<void> {
    await this.command("View: Show Explorer");
    await this.fileRow(name).dblclick();
    await this.activeTab(name).waitFor();
  }

  /** The tab in front, if its file's name ends so. */
  activeTab(name: string): Locator {
    return this.page.locator(`.tab.active[data-resource-name$="${name}"]`);
  }

  notification(text: string): Locator {
    return this.page.locator(".notification-toast", { hasText: text }).first();
  }

  /** F5. Where several debuggers know the language VS Code asks which one. */
  async start(): Promise<void> {
    await this.page.keyboard.press("Control+1"); // the editor, wherever the focus is
    await this.page.keyboard.press("F5");
    const choice = this.choice("Netdev Lab");
    const begun = this.page.locator(".debug-toolbar, .notification-toast").first();
    await choice.or(begun).first().waitFor();
    if (await choice.isVisible()) await choice.click();
  }

  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press("Control+G");
    await this.answer(`:${line}`);
    await this.lineNumber(line).waitFor();
  }

  /** The active text editor. */
  get code(): Locator {
    return this.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first();
  }

  lineNumber(line: number): Locator {
    return this.code.locator(".margin-view-overlays .line-numbers", { hasText: new RegExp(`^${line}$`) });
  }

  /** Clicks into the gutter left of a line's number, where breakpoints are set. */
  async clickGutter(line: number): Promise<void> {
    const { x, y } = await this.gutter(line);
    await this.page.mouse.click(x, y);
    await this.code.locator(".codicon-debug-breakpoint").first().waitFor();
  }

  /** Sets a breakpoint with a condition by the menu of the gutter. */
  async conditionalBreakpoint(line: number, condition: string): Promise<void> {
    const { x, y } = await this.gutter(line);
    await this.page.mouse.click(x, y, { button: "right" });
    const entry = this.page.locator(".monaco-menu").getByText("Add Conditional Breakpoint");
    await entry.hover();
    await this.page.waitForTimeout(500); // a menu takes no click so soon after the one that opened it
    await entry.click();
    await this.page.locator(".breakpoint-widget .monaco-editor.focused").first().waitFor();
    await this.page.keyboard.insertText(condition);
    await this.page.keyboard.press("Enter");
    await this.code.locator(".codicon-debug-breakpoint-conditional").first().waitFor();
  }

  private async gutter(line: number): Promise<{ x: number; y: number }> {
    await this.goToLine(line);
    return settled(this.page, `line ${line} has no gutter`, async () => {
      const number = await this.lineNumber(line).boundingBox();
      const margin = await this.code.locator(".glyph-margin").first().boundingBox();
      return number && margin && { x: margin.x + 9, y: number.y + number.height / 2 };
    });
  }

  /** F9 on a line. */
  async toggleBreakpoint(line: number): Promise<void> {
    await this.page.keyboard.press("Control+1");
    await this.goToLine(line);
    await this.page.keyboard.press("F9");
  }

  /** Number of the line at which the debugger stands. */
  async stoppedLine(): Promise<number> {
    const glyph = this.code.locator(
      ".codicon-debug-stackframe, .codicon-debug-breakpoint-stackframe, .codicon-debug-stackframe-focused",
    );
    await glyph.first().waitFor();
    return settled(this.page, "the debugger's arrow stands beside no line", () =>
      glyph
        .first()
        .evaluate(lineBeside)
        .catch(() => null),
    );
  }

  /** Pulls the side bar's edge to the right: names of CPUs are long. */
  async widenSideBar(pixels: number): Promise<void> {
    const bar = await this.page.locator(".part.sidebar").boundingBox();
    if (!bar) throw new Error("there is no side bar");
    const edge = { x: bar.x + bar.width + 2, y: bar.y + bar.height / 2 };
    await this.page.mouse.move(edge.x, edge.y);
    await this.page.mouse.down();
    await this.page.mouse.move(edge.x + pixels, edge.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Chooses an entry of a row's context menu. */
  async chooseOf(row: Locator, entry: string): Promise<void> {
    await row.waitFor();
    await row.click({ button: "right" });
    const item = this.page.locator(".monaco-menu").getByText(entry, { exact: true });
    await item.hover();
    await this.page.waitForTimeout(500); // a menu takes no click so soon after the one that opened it
    await item.click();
  }

  /** The button of the debug toolbar. */
  async stepBack(): Promise<void> {
    await this.page.locator(".debug-toolbar .codicon-debug-step-back").click();
  }

  callStack(text?: string | RegExp): Locator {
    return this.rows(".debug-call-stack", text);
  }

  variables(text?: string | RegExp): Locator {
    return this.rows(".debug-variables", text);
  }

  /** Turns the wheel over the Variables view until it shows a row: it draws only what fits. */
  async scrollToVariable(text: string | RegExp): Promise<Locator> {
    const row = this.variables(text).first();
    for (let tries = 0; tries < 40 && !(await row.isVisible()); tries++) {
      await this.variables().first().hover();
      await this.page.mouse.wheel(0, 44);
      await this.page.waitForTimeout(100);
    }
    return row;
  }

  /** A line of a view of ours in the side bar. */
  viewLine(view: string, text: string | RegExp): Locator {
    const pane = this.page.locator(".part.sidebar .pane").filter({
      has: this.page.locator(`.pane-header[aria-label^="${view}"]`),
    });
    return pane.locator(".monaco-list-row", { hasText: text }).first();
  }

  /** The text that the active editor draws, hints included. */
  async text(): Promise<string> {
    const lines = await this.code.locator(".view-lines .view-line").allTextContents();
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** A lens above a line. */
  lens(title: string): Locator {
    return this.code.locator(".codelens-decoration a", { hasText: title }).filter({ visible: true });
  }

  /** Opens the light bulb's menu at the end of a line and takes an entry. */
  async quickFix(line: number, title: string): Promise<void> {
    const entry = this.page.locator(".action-widget").getByText(title).first();
    // The menu may open before the checks have answered.
    for (let tries = 0; tries < 8; tries++) {
      await this.page.keyboard.press("Escape");
      await this.page.keyboard.press("Control+1");
      await this.goToLine(line);
      await this.page.keyboard.press("End");
      await this.page.keyboard.press("Control+.");
      const shown = await entry.waitFor({ timeout: 4000 }).then(
        () => true,
        () => false,
      );
      if (shown) break;
    }
    await entry.click();
  }

  /** Closes every tab but the one in front of the first group. */
  async closeOthers(): Promise<void> {
    await this.page.keyboard.press("Control+1");
    await this.command("View: Close Editors in Other Groups");
    await this.command("View: Close Other Editors in Group");
  }

  /** Brings an open tab to the front. */
  async openActive(name: string): Promise<void> {
    await this.page.locator(`.tab[data-resource-name$="${name}"]`).first().click();
    await this.activeTab(name).waitFor();
  }

  async theme(label: string): Promise<void> {
    await this.command("Preferences: Color Theme");
    const input = this.page.locator(".quick-input-widget .quick-input-box input");
    await input.fill(label.replace(/^Default /, ""));
    await this.page.keyboard.press("Enter");
    await this.page.waitForTimeout(1500); // the theme is applied while the picker closes
  }

  /** Edits a value where it stands. */
  async setVariable(name: string, value: string): Promise<void> {
    const row = this.variables(new RegExp(`^${name}\\s*=`)).first();
    const input = this.page.locator(".debug-variables .monaco-inputbox input");
    // a tree that is drawn anew at this moment loses the click
    for (let tries = 0; tries < 5 && !(await input.isVisible()); tries++) {
      await row.dblclick();
      await input.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await input.fill(value);
    await input.press("Enter");
  }

  /** A link in the explanation of a violation. */
  exceptionLink(text: string): Locator {
    return this.page.locator(".exception-widget a.link", { hasText: text }).first();
  }

  problems(text?: string | RegExp): Locator {
    return this.rows(".markers-panel", text);
  }

  /** Opens the Problems panel and filters it: it draws only the rows that fit. */
  async showProblems(filter: string): Promise<void> {
    await this.command("Problems: Focus on Problems View");
    await this.page.locator(".part.panel .viewpane-filter input").fill(filter);
  }

  console(text?: string | RegExp): Locator {
    return this.rows(".repl", text);
  }

  /** Opens a row of a tree. Trees expand by themselves at times, so only a closed one is clicked. */
  async expand(row: Locator): Promise<void> {
    await row.waitFor();
    for (let tries = 0; tries < 20; tries++) {
      if ((await row.getAttribute("aria-expanded")) !== "false") return;
      await row.locator(".monaco-tl-twistie").click();
      await this.page.waitForTimeout(250);
    }
    throw new Error("the row does not open");
  }

  /** Types an expression into the Debug Console. */
  async evaluate(expression: string): Promise<void> {
    await this.command("Debug Console: Focus on Debug Console View");
    await this.page.locator(".repl .repl-input-wrapper .monaco-editor").click();
    await this.page.keyboard.insertText(expression);
    await this.page.keyboard.press("Enter");
  }

  /** Rests the mouse on a word of a line and returns what pops up. */
  async hover(line: number, word: string): Promise<string> {
    const widget = this.page.locator(".debug-hover-widget, .monaco-hover").filter({ visible: true }).first();
    // A hover is dropped when the editor redraws just then; a user would move the mouse again, too.
    for (let tries = 0; tries < 8; tries++) {
      const place = await this.placeOf(line, word);
      await this.page.mouse.move(place.x, place.y - 40);
      await this.page.mouse.move(place.x, place.y, { steps: 4 });
      const shown = await widget.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) return (await widget.innerText()).trim();
    }
    throw new Error(`nothing pops up over '${word}' in line ${line}`);
  }

  private async placeOf(line: number, word: string): Promise<{ x: number; y: number }> {
    const number = await this.lineNumber(line).boundingBox();
    for (const view of await this.code.locator(".view-lines .view-line").all()) {
      const box = await view.boundingBox();
      if (!number || !box || Math.abs(box.y - number.y) > 4) continue;
      const place = await view.evaluate(placeOfWord, word);
      if (place) return place;
    }
    throw new Error(`line ${line} shows no '${word}'`);
  }

  /** Waits until a webview shows an element. */
  async webview(selector: string): Promise<Locator> {
    return (await this.frameOf(selector)).locator(selector).first();
  }

  /** The webview that shows an element. */
  async frameOf(selector: string): Promise<Frame> {
    const end = Date.now() + TIMEOUT_MS;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame() && selector === "canvas") continue; // the workbench has its own
        if (
          await frame
            .locator(selector)
            .first()
            .isVisible()
            .catch(() => false)
        )
          return frame;
      }
      await this.page.waitForTimeout(200);
    }
    throw new Error(`no webview shows ${selector}`);
  }

  private rows(view: string, text?: string | RegExp): Locator {
    return this.page.locator(`${view} .monaco-list-row`, text === undefined ? {} : { hasText: text });
  }
}

/** What `read` says twice in a row: lines are drawn anew while the editor settles. */
async function settled<T>(page: Page, problem: string, read: () => Promise<T | null>): Promise<T> {
  let before: T | null = null;
  for (let tries = 0; tries < 50; tries++) {
    const now = await read();
    if (now !== null && JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
    await page.waitForTimeout(100);
  }
  throw new Error(problem);
}

/** Runs in the page: the number of the line beside which a glyph stands. */
function lineBeside(glyph: Element): number | null {
  const middle = (element: Element): number => {
    const { top, height } = element.getBoundingClientRect();
    return top + height / 2;
  };
  for (const number of glyph.closest(".monaco-editor")?.querySelectorAll(".line-numbers") ?? [])
    if (Math.abs(middle(number) - middle(glyph)) < 6) return Number(number.textContent);
  return null;
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.()]/g, "\\$&")}$`);
}

/** Runs in the page: the middle of the first occurrence of a word in a line. */
function placeOfWord(element: Element, word: string): { x: number; y: number } | undefined {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = (node.textContent ?? "").search(new RegExp(`(?<![\\w.])${word}\\b`));
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    const box = range.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return undefined;
}
