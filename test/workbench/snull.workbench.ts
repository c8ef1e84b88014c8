// The main job in a real editor: the packed extension, snull, a breakpoint, F5, two CPUs, a lock, a violation.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Editor } from "./editor.ts";
import { installWorkbench, requireBrowser } from "./install.mjs";
import { startWorkbench, type Workbench } from "./server.mjs";

const root = join(import.meta.dirname, "../..");
const vsix = process.env.NETDEV_LAB_VSIX ?? join(root, "netdev-lab.vsix");

/** The row of the CPU that stopped; the others are just "Paused". */
const PAUSED_HERE = /^CPU \d.*Paused on/i;

let folder: string;
let workbench: Workbench;
let editor: Editor;
let snull: string;
let snullTx: number;

beforeAll(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package first.`);
  installWorkbench();
  const browser = requireBrowser();
  Editor.forgetScreenshots();
  folder = copyExample();
  snull = readFileSync(join(folder, "snull.ts"), "utf8");
  snullTx = lineOf(snull, "#bp snull_tx");
  const theme = process.env.NETDEV_LAB_THEME;
  const settings = theme === undefined ? {} : { "workbench.colorTheme": theme };
  workbench = await startWorkbench({ vsix, settings });
  editor = await Editor.open(browser, workbench.url(folder), "snull.ts");
});

afterAll(async () => {
  await editor?.close();
  await workbench?.stop();
  if (folder) rmSync(join(folder, "../.."), { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await editor?.screenshot("failure");
});

test("opens snull from a folder", async () => {
  await editor.openFile("snull.ts");
  await editor.widenSideBar(130);
  await editor.screenshot("open");
});

test("F5 on a file that is no model says so", async () => {
  await editor.openFile("notes.ts");
  await editor.start();
  const message = editor.notification("is no driver model");
  await message.waitFor();
  await editor.screenshot("no-model");
  await editor.command("Notifications: Clear All Notifications");
});

test("a click in the gutter sets a breakpoint in snull_tx", async () => {
  await editor.openFile("snull.ts");
  await editor.clickGutter(snullTx);
});

test("F5 without a launch.json stops at it", async () => {
  await editor.start();
  expect(await editor.stoppedLine()).toBe(snullTx);
  await editor.expand(editor.callStack(PAUSED_HERE).first());
  await editor.callStack("snull_tx").first().waitFor();
  await editor.screenshot("stopped");
});

test("the call stack shows both virtual CPUs, and what they do", async () => {
  await editor
    .callStack(/CPU 0 · process tour · holds 1/)
    .first()
    .waitFor();
  await editor.callStack("CPU 1 · idle").first().waitFor();
});

test("the scopes show a held lock", async () => {
  await editor.expand(editor.variables("Held locks").first());
  await editor.variables("xmit_lock").first().waitFor();
  await editor.screenshot("held-lock");
});

test("a step goes into the simulated kernel, and out again", async () => {
  await editor.page.keyboard.press("F11");
  await editor.activeTab("net_device.ts").waitFor();
  await editor.stoppedLine();
  await editor.screenshot("kernel");
  await editor.page.keyboard.press("Shift+F11");
  await editor.activeTab("snull.ts").waitFor();
  await expect.poll(() => editor.stoppedLine(), { timeout: 30_000 }).toBe(snullTx + 1);
});

test("a step goes to the next line", async () => {
  await editor.page.keyboard.press("F10");
  await expect.poll(() => editor.stoppedLine(), { timeout: 30_000 }).toBe(snullTx + 2);
});

test("a hover shows the device", async () => {
  await expect.poll(() => editor.hover(snullTx, "dev"), { timeout: 30_000 }).toMatch(/sn[01]/);
  await editor.screenshot("hover");
});

test("the Debug Console evaluates", async () => {
  await editor.evaluate("dev.name");
  await editor
    .console(/"sn[01]"/)
    .first()
    .waitFor();
  await editor.screenshot("console");
});

test("a value can be changed in the Variables view", async () => {
  const line = lineOf(snull, "if (len < ETH_ZLEN) {");
  for (let at = await editor.stoppedLine(); at < line; at = await editor.stoppedLine()) {
    await editor.page.keyboard.press("F10");
    await expect.poll(() => editor.stoppedLine(), { timeout: 30_000 }).not.toBe(at);
  }
  await editor.expand(editor.variables("Locals").first());
  await editor.setVariable("len", "90");
  await editor
    .variables(/^len\s*=\s*90$/)
    .first()
    .waitFor();
});

test("a conditional breakpoint is set from the gutter's menu, and stops where it holds", async () => {
  const line = lineOf(snull, "dev.trans_start = jiffies;");
  await editor.conditionalBreakpoint(line, "len === 90 && cpu === 0");
  await editor.screenshot("condition");
  await editor.page.keyboard.press("F5");
  await expect.poll(() => editor.stoppedLine(), { timeout: 30_000 }).toBe(line);
});

test("a step over a packet's way through softirqs ends on the same CPU", async () => {
  for (const line of [snullTx, lineOf(snull, "dev.trans_start = jiffies;")])
    await editor.toggleBreakpoint(line);
  await editor.openFile("tour.ts");
  const second = lineOf(readFileSync(join(folder, "tour.ts"), "utf8"), "use_napi: 1") + 2;
  await editor.clickGutter(second);
  await editor.page.keyboard.press("F5");
  await expect.poll(() => editor.stoppedLine(), { timeout: 30_000 }).toBe(second);
  await editor.page.keyboard.press("F10");
  await expect.poll(() => editor.stoppedLine(), { timeout: 30_000 }).toBe(second + 1);
  await editor
    .callStack(/^CPU 0 · process tour.*Paused on step/i)
    .first()
    .waitFor();
  await editor.screenshot("step-over-packet");
  await editor.toggleBreakpoint(second);
});

test("continuing, the debugger stops at a violation", async () => {
  await editor.page.keyboard.press("F5");
  await editor
    .callStack(/Paused on (violation|exception)/i)
    .first()
    .waitFor();
  await editor.exceptionLink("skbuff.ts").waitFor();
  await editor.screenshot("violation");
});

test("the explanation's links open the simulated kernel, to be read only", async () => {
  await editor.exceptionLink("skbuff.ts").click({ modifiers: ["Control"] });
  await editor.activeTab("skbuff.ts").waitFor();
  await expect.poll(() => editor.code.locator(".view-line").first().textContent()).not.toBe("");
  await editor.code.locator(".view-line").nth(3).click();
  await editor.page.keyboard.type("x");
  await editor.page.getByText("The simulated kernel is read-only").first().waitFor();
  await editor.screenshot("kernel-link");
  await editor.page.keyboard.press("Escape");
});

test("the Problems panel shows it, with its rule", async () => {
  await editor.showProblems("Netdev Lab");
  const problem = editor.problems("Netdev Lab").first();
  await problem.waitFor();
  expect(await problem.textContent()).toMatch(/Netdev Lab\s*\(?[a-z]+-[a-z-]+/);
  await editor.screenshot("problems");
});

test("the rule is a link to what it says", async () => {
  await editor
    .problems("Netdev Lab")
    .first()
    .locator("a", { hasText: /^[a-z]+-/ })
    .click();
  await editor.activeTab(".md").waitFor();
  await editor.webview(".markdown-body h1, body.vscode-body h1");
  await editor.screenshot("rule");
});

test("the session ends when asked to", async () => {
  await editor.page.keyboard.press("Shift+F5");
  await editor.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
});

test("a new driver model has types, and runs", async () => {
  await editor.command("Netdev Lab: New Driver Model");
  await editor.answer("mynet");
  await editor.pick("Minimal");
  await editor.activeTab("mynet.ts").waitFor();
  const text = readFileSync(join(folder, "mynet/mynet.ts"), "utf8");
  const line = lineOf(text, "register_netdev(dev);");
  await editor.goToLine(line);
  await expect
    .poll(() => editor.hover(line, "register_netdev"), { timeout: 60_000 })
    .toMatch(/register_netdev\(dev: net_device\): (number|int)/);
  await expect.poll(() => editor.code.locator(".squiggly-error").count(), { timeout: 30_000 }).toBe(0);
  await editor.screenshot("new-model");
  await editor.clickGutter(lineOf(text, "const len = skb.len;"));
  await editor.start();
  await editor.expand(editor.callStack(PAUSED_HERE).first());
  await editor.callStack("mynet_xmit").first().waitFor();
  await editor.screenshot("new-model-stopped");
  await editor.page.keyboard.press("Shift+F5");
  await editor.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
});

test("the extension activates in less than 50 ms", async () => {
  await editor.command("Developer: Show Running Extensions");
  const list = editor.page.locator(".runtime-extensions-editor");
  const row = list.locator(".monaco-list-row", { hasText: "Netdev Lab" }).first();
  await list.locator(".monaco-list-row").first().hover();
  // Sorted by time, and only what fits is drawn.
  const scrollOn = async () => {
    await editor.page.mouse.wheel(0, 2000);
    return row.isVisible();
  };
  await expect.poll(scrollOn, { timeout: 30_000 }).toBe(true);
  await editor.screenshot("activation");
  const activation = /(\d+)\s*ms/.exec((await row.textContent()) ?? "");
  expect(Number(activation?.[1] ?? Number.NaN)).toBeLessThan(50);
});

/** The example, in a place where the test may write, and a file that is no model. */
function copyExample(): string {
  const home = mkdtempSync(join(tmpdir(), "netdev-lab-snull-"));
  const copy = join(home, "examples/snull");
  const api = join(root, "dist/api");
  if (existsSync(api)) cpSync(api, join(home, "dist/api"), { recursive: true }); // where its tsconfig looks for types
  cpSync(join(root, "examples/snull"), copy, {
    recursive: true,
    filter: (path) => !/[\\/](\.vscode|\.netdev-lab)$/.test(path),
  });
  writeFileSync(join(copy, "notes.ts"), "export const notes = 1;\n");
  return copy;
}

function lineOf(text: string, marker: string): number {
  const index = text.split("\n").findIndex((line) => line.includes(marker));
  if (index < 0) throw new Error(`no line has '${marker}'`);
  return index + 1;
}
