// Everything around the debugger in a real editor: a lesson is opened, checked, run, debugged, looked at and mended.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { FIRST_LESSON } from "../../extension/lessons/lessonContributions.ts";
import { scaffold } from "../../extension/scaffold.ts";
import { templates } from "../../extension/templates/templates.ts";
import { Editor } from "./editor.ts";
import { installWorkbench, requireBrowser } from "./install.mjs";
import { startWorkbench, type Workbench } from "./server.mjs";

const root = join(import.meta.dirname, "../..");
const vsix = process.env.NETDEV_LAB_VSIX ?? join(root, "netdev-lab.vsix");

/** A model with a mistake that the checks while typing see. */
const MISTAKE = `import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const lock = DEFINE_SPINLOCK();

function probe(): number {
  spin_lock(lock);
  const p = kmalloc(16, GFP_KERNEL);
  kfree(p);
  spin_unlock(lock);
  return 0;
}

module_init(probe);
module_exit(() => {});
`;

let folder: string;
let workbench: Workbench;
let editor: Editor;

beforeAll(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package first.`);
  installWorkbench();
  folder = join(mkdtempSync(join(tmpdir(), "netdev-lab-features-")), "mynet");
  const [template] = templates();
  await scaffold({ folder, name: "mynet", template: template!, extension: root });
  writeFileSync(join(folder, "mistake.ts"), MISTAKE);
  workbench = await startWorkbench({ vsix });
  editor = await Editor.open(requireBrowser(), workbench.url(folder), "mynet.ts", "features");
});

afterAll(async () => {
  await editor?.close();
  await workbench?.stop();
  if (folder) rmSync(join(folder, ".."), { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await editor?.screenshot("failure");
});

test("a mistake is underlined while typing, explained by a hover, and mended by a quick fix", async () => {
  await editor.openFile("mistake.ts");
  await editor.code.locator(".squiggly-error, .squiggly-warning").first().waitFor({ timeout: 60_000 });
  const line = lineOf(MISTAKE, "kmalloc(16");
  await expect
    .poll(() => editor.hover(line, "GFP_KERNEL"), { timeout: 60_000 })
    .toMatch(/GFP_KERNEL may sleep/);
  await editor.screenshot("squiggle");
  await editor.quickFix(line, "Allocate with GFP_ATOMIC");
  await expect.poll(() => editor.text()).toContain("kmalloc(16, GFP_ATOMIC)");
  await expect.poll(() => editor.code.locator(".squiggly-error").count()).toBe(0);
});

test("hints tell the context of functions, lenses run them", async () => {
  await editor.openFile("mynet.ts");
  await editor.goToLine(lineOf(readFileSync(join(folder, "mynet.ts"), "utf8"), "function mynet_xmit"));
  await expect.poll(() => editor.text()).toMatch(/function mynet_xmit.*(softirq|process)/);
  await editor.screenshot("hints");
  await editor.goToLine(lineOf(readFileSync(join(folder, "mynet.ts"), "utf8"), "module_init("));
  await editor.lens("Run").first().waitFor();
});

test("a lesson is opened, with its page beside it", async () => {
  await editor.command("Netdev Lab: Open a Lesson…");
  await editor.pick(
    "A completion callback queues the next command and takes the lock that is held around it.",
  );
  await editor.activeTab("buggy.ts").waitFor();
  await editor.webview(".markdown-body h1, body.vscode-body h1");
  await editor.screenshot("lesson");
  expect(await editor.text()).not.toMatch(/BUG|Mended/);
});

test("run as a test it fails, with what the rule says", async () => {
  await editor.closeOthers();
  const lesson = readFileSync(join(folder, "lessons/museum", FIRST_LESSON, "buggy.ts"), "utf8");
  await editor.goToLine(lineOf(lesson, "module_init(() =>"));
  await editor.lens("Run").first().click();
  await editor.page
    .locator(".test-message-inline-content, .test-output-peek, .testing-run-glyph")
    .first()
    .waitFor();
  await editor.command("Testing: Focus on Test Explorer View");
  await editor.page
    .locator(
      ".test-explorer .monaco-list-row .codicon-testing-error-icon, .test-explorer .codicon-testing-failed-icon",
    )
    .first()
    .waitFor();
  await editor.screenshot("test-failed");
});

test("debugged, it stops where the rule is broken, and the views say who waits for whom", async () => {
  await editor.openActive("buggy.ts");
  await editor.lens("Debug").first().click();
  await editor.page.locator(".exception-widget", { hasText: "lock-recursion" }).first().waitFor();
  await editor.command("Run and Debug: Focus on CPUs and Locks View");
  await editor.viewLine("CPUs and Locks", /holds .*mii_lock/).waitFor();
  await editor.screenshot("cpus-and-locks");
});

test("the timeline shows it, and a key travels to the moment when the lock was taken", async () => {
  await editor.command("Netdev Lab: Show Timeline");
  const canvas = await editor.webview("canvas");
  await editor.screenshot("timeline");
  const frame = editor.frameOf("canvas");
  const status = (await frame).locator(".status");
  await expect.poll(() => status.textContent()).toMatch(/the debugger stands at/);
  const before = await status.textContent();
  await canvas.click({ position: { x: 5, y: 100 } });
  await editor.page.keyboard.press("Home");
  await expect.poll(() => status.textContent()).not.toBe(before);
  await editor.page.keyboard.press("Enter");
  await editor.callStack(/◀/).first().waitFor();
  await editor.screenshot("travelled");
});

test("themes: nothing is clipped, empty or unreadable", async () => {
  for (const theme of [
    "Default Light Modern",
    "Default High Contrast",
    "Default High Contrast Light",
    "Default Dark Modern",
  ]) {
    await editor.theme(theme);
    await editor.screenshot(theme.toLowerCase().replaceAll(" ", "-"));
  }
});

function lineOf(text: string, marker: string): number {
  const index = text.split("\n").findIndex((line) => line.includes(marker));
  if (index < 0) throw new Error(`no line has '${marker}'`);
  return index + 1;
}
