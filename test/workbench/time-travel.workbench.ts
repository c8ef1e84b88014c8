// Time and CPUs in a real editor, with the requests that it sends and takes back: back, freeze, a lock, another future.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Editor } from "./editor.ts";
import { installWorkbench, requireBrowser } from "./install.mjs";
import { startWorkbench, type Workbench } from "./server.mjs";

const root = join(import.meta.dirname, "../..");
const vsix = process.env.NETDEV_LAB_VSIX ?? join(root, "netdev-lab.vsix");
const model = join(root, "test/dap/models/contend.ts");
const line = (marker: string): number => {
  const lines = readFileSync(model, "utf8").split("\n");
  return lines.findIndex((text) => text.endsWith(marker)) + 1;
};
const round = line("#bp round");

let folder: string;
let workbench: Workbench;
let editor: Editor;

beforeAll(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package first.`);
  installWorkbench();
  const browser = requireBrowser();
  folder = mkdtempSync(join(tmpdir(), "netdev-lab-contend-"));
  copyFileSync(model, join(folder, "contend.ts"));
  workbench = await startWorkbench({ vsix });
  editor = await Editor.open(browser, workbench.url(folder), "contend.ts");
});

afterAll(async () => {
  await editor?.close();
  await workbench?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await editor?.screenshot("time-travel-failure");
});

const pausedHere = (reason: string) =>
  editor
    .callStack(new RegExp(`^CPU \\d.*${reason}`))
    .first()
    .waitFor();

/** The editor asks the adapter before it lists a data breakpoint; those stand below the exceptions, out of sight. */
async function breakpointListed(text: RegExp): Promise<void> {
  const list = editor.page.locator(".debug-breakpoints");
  await expect
    .poll(async () => {
      await list.hover();
      await editor.page.mouse.wheel(0, 2000);
      return list.locator(".monaco-list-row").filter({ hasText: text }).count();
    })
    .toBeGreaterThan(0);
}

async function stands(at: number, reason: string): Promise<void> {
  await expect.poll(() => editor.stoppedLine()).toBe(at);
  await pausedHere(reason);
}

test("Step Back undoes steps one by one", async () => {
  await editor.openFile("contend.ts");
  await editor.widenSideBar(130);
  await editor.clickGutter(round);
  await editor.start();
  await stands(round, "Paused on breakpoint");
  await editor.toggleBreakpoint(round);
  await editor.page.keyboard.press("F10");
  await stands(round + 1, "Paused on step");
  // the loop's head
  await editor.page.keyboard.press("F10");
  await stands(round - 1, "Paused on step");
  for (const at of [round + 1, round]) {
    await editor.stepBack();
    await stands(at, "◀ Paused on step");
  }
});

test("Step Back at once after a step arrives, though the editor takes back what it had asked for", async () => {
  await editor.page.keyboard.press("F10");
  await stands(round + 1, "Paused");
  await editor.page.keyboard.press("F10");
  // no more than the arrow is waited for: the editor is still asking for stacks, scopes and variables
  for (const at of [round - 1, round + 1]) {
    await expect.poll(() => editor.stoppedLine(), { interval: 5 }).toBe(at);
    await editor.stepBack();
  }
  await stands(round, "◀ Paused on step");
  expect(await editor.callStack(/Paused on pause/).count()).toBe(0);
  await editor.screenshot("step-back");
});

test("a value that is changed in the past begins another future", async () => {
  await editor.expand(editor.variables("Locals").first());
  await editor.setVariable("round", "7");
  await editor
    .variables(/^round\s*=\s*7$/)
    .first()
    .waitFor();
  await editor.command("Debug Console: Focus on Debug Console View");
  await editor.console("The timeline forks at").first().waitFor();
  await editor.page.keyboard.press("Control+1");
  await editor.page.keyboard.press("F10");
  await expect.poll(() => editor.stoppedLine()).toBe(round + 1);
  // what comes now is no past
  await expect.poll(() => editor.callStack(/◀/).count()).toBe(0);
  await editor.screenshot("fork");
});

test("a CPU is frozen and thawed by the call stack's menu", async () => {
  await editor.chooseOf(editor.callStack(/^CPU 1/).first(), "Freeze This CPU");
  await editor
    .callStack(/^CPU 1.*frozen/)
    .first()
    .waitFor();
  await editor.page.keyboard.press("Control+1");
  await editor.page.keyboard.press("F10");
  await editor
    .callStack(/^CPU 0.*Paused/)
    .first()
    .waitFor();
  await editor.screenshot("frozen");
  await editor.chooseOf(editor.callStack(/^CPU 1/).first(), "Thaw This CPU");
  await expect.poll(() => editor.callStack(/frozen/).count()).toBe(0);
});

test("a breakpoint on a lock stops where it changes hands", async () => {
  await editor.expand(editor.variables("Module").first());
  await editor.chooseOf(await editor.scrollToVariable(/^lock\b/), "Break on Value Change");
  await breakpointListed(/\block\b/);
  await editor.page.keyboard.press("Control+1");
  await editor.page.keyboard.press("F5");
  await pausedHere("Paused on data breakpoint");
  await editor.screenshot("lock");
  await editor.page.keyboard.press("Shift+F5");
  await editor.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
});
