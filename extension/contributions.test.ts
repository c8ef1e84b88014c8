import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands, contributes } from "./contributions.ts";
import { debugCommands } from "./debugCommandList.ts";
import { lessonCommands } from "./lessons/lessonContributions.ts";
import { localised } from "./nls.ts";
import { settings, settingsPage } from "./settings.ts";
import { timelineCommands } from "./timeline/timelineContributions.ts";

const manifestUrl = new URL("../package.json", import.meta.url);

interface Manifest {
  contributes?: unknown;
  activationEvents?: string[];
}

function readManifest(): Manifest {
  return JSON.parse(readFileSync(manifestUrl, "utf8")) as Manifest;
}

/** With `%key%` for each text. */
const { contributes: shown } = localised(contributes);

test("package.json contributes what contributions.ts says", () => {
  if (process.env.UPDATE_MANIFEST) {
    writeFileSync(manifestUrl, `${JSON.stringify({ ...readManifest(), contributes: shown }, null, 2)}\n`);
  }
  expect(readManifest().contributes).toEqual(shown);
});

test("each command is contributed", () => {
  const lists = [debugCommands, timelineCommands, lessonCommands].flatMap((list) => Object.values(list));
  const ids = [...Object.values(commands), ...lists.map(({ id }) => id)];
  expect(contributes.commands.map((c) => c.command).sort()).toEqual(ids.sort());
});

test("nothing activates the extension at start-up", () => {
  const events = readManifest().activationEvents ?? [];
  expect(events).toContain("onDebugResolve:netdev-lab");
  expect(events).toContain("onDebugDynamicConfigurations:netdev-lab");
  for (const event of events) expect(event).not.toMatch(/^(\*|onStartupFinished|onLanguage:)/);
});

test("views show for this debugger only, and each has a name", () => {
  expect(contributes.views.debug.length).toBeGreaterThan(0);
  for (const { name, when } of Object.values(contributes.views).flat()) {
    expect(name).not.toBe("");
    expect(when).toBe("debugType == 'netdev-lab'");
  }
});

test("snippets keep VS Code's variables", () => {
  const bodies = contributes.debuggers[0]?.configurationSnippets.map((s) => s.body) ?? [];
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) expect(body.program).toBe(`^"\\\${file}"`);
});

test("what belongs to the debugger shows for this debugger only, with few buttons in its toolbar", () => {
  for (const items of Object.values(contributes.menus))
    for (const { when } of items) expect(when).toContain("debugType == 'netdev-lab'");
  expect(contributes.menus["debug/toolBar"].length).toBeLessThanOrEqual(4);
});

test("each step of the walkthrough has its page, and its links lead to commands", () => {
  const known = new Set(contributes.commands.map(({ command }) => command));
  const texts = [
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
    ...contributes.viewsWelcome.map((view) => view.contents),
  ];
  const linked = texts.flatMap((text) =>
    [...text.matchAll(/\(command:([\w.-]+)/g)].map((match) => match[1]!),
  );
  expect(linked.length).toBeGreaterThan(5);
  for (const command of linked) expect(known).toContain(command);
  for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps))
    expect(readFileSync(new URL(`../${media.markdown}`, import.meta.url), "utf8")).toMatch(/^# /);
});

test("docs/settings.md shows the settings, which are few", () => {
  const page = new URL("../docs/settings.md", import.meta.url);
  if (process.env.UPDATE_MANIFEST) writeFileSync(page, settingsPage());
  expect(readFileSync(page, "utf8")).toBe(settingsPage());
  expect(Object.keys(settings).length).toBeLessThanOrEqual(20);
});
