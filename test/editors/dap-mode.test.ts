/** A debug client that nobody here wrote: Emacs with dap-mode debugs snull through the built adapter. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const model = join(root, "examples/snull/snull.ts");

/** What the session printed, a line each; fails with Emacs' own words. */
async function session(line: number): Promise<string[]> {
  const script = join(import.meta.dirname, "dap-mode.el");
  const args = [
    "--batch",
    "-l",
    script,
    "-f",
    "netdev-lab-session",
    join(root, "dist/cli.mjs"),
    model,
    `${line}`,
  ];
  const { stdout } = await promisify(execFile)("emacs", args, { timeout: 90_000 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error("there is no Emacs: npm test installs it (Debian packages emacs-nox, elpa-dap-mode)");
  });
  return stdout.trim().split("\n");
}

it("Emacs' dap-mode stops, looks, steps and continues", { timeout: 120_000 }, async () => {
  const lines = readFileSync(model, "utf8").split("\n");
  const marked = lines.findIndex((text) => text.includes("// #bp snull_tx")) + 1;
  const said = await session(marked);
  const of = (what: string): string[] =>
    said.filter((text) => text.startsWith(`${what}: `)).map((text) => text.slice(what.length + 2));
  expect(of("breakpoint")).toEqual([`snull_tx:${marked}`]);
  expect(of("thread").slice(0, 2)).toEqual([
    expect.stringMatching(/^CPU 0 · /),
    expect.stringMatching(/^CPU 1 · /),
  ]);
  expect(of("scope")).toEqual(expect.arrayContaining(["Locals", "Context", "Held locks", "Device"]));
  expect(of("next")).toEqual([`snull_tx:${marked + 1}`]);
  expect(of("value")).toEqual([expect.stringMatching(/^"sn[01]"$/)]);
  expect(of("step in")).toHaveLength(1);
  expect(of("step out")).toHaveLength(1);
  expect(of("continue")).toHaveLength(1);
  expect(of("state")).toEqual(["terminated"]);
});
