// npm test: everything that CI runs. The last line says how many tests passed and failed.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireEmacs } from "../test/editors/install.mjs";
import { prepare, root, run } from "./prepare.mjs";

const results = join(root, "test/artifacts");
const bin = (path) => join(root, "node_modules", path);

prepare();
mkdirSync(results, { recursive: true });
const tally = { passed: 0, failed: 0 };
check("lint and format", bin("@biomejs/biome/bin/biome"), ["check", "--diagnostic-level=warn", "."]);
requireEmacs();
vitest("unit and wire tests", "vitest.json", []);
await workbench();
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;

/** The editor test wants the packed extension, the editor and its browser. */
async function workbench() {
  heading("editor: install");
  try {
    const { installWorkbench, requireBrowser } = await import("../test/workbench/install.mjs");
    installWorkbench();
    requireBrowser();
    const { packExtension } = await import("./package.mjs");
    packExtension();
  } catch (error) {
    console.error(error);
    tally.failed++;
    return;
  }
  // The types of the editor's driver come with it.
  check("types", bin("typescript/bin/tsc"), ["-b", ...projects("."), "--pretty", "false"]);
  vitest("editor test", "workbench.json", ["--config", "test/workbench/vitest.config.ts"]);
}

/** A check that counts only when it fails. */
function check(name, program, args) {
  heading(name);
  if (run(process.execPath, [program, ...args]) !== 0) {
    console.error(`${name}: failed`);
    tally.failed++;
  }
}

function vitest(name, report, args) {
  heading(name);
  const file = join(results, report);
  rmSync(file, { force: true });
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${file}`];
  const status = run(process.execPath, [bin("vitest/vitest.mjs"), "run", ...args, ...reporters]);
  const { passed, failed } = read(file);
  tally.passed += passed;
  // A file that does not load has no failed tests, and fails all the same.
  tally.failed += status !== 0 && failed === 0 ? 1 : failed;
}

function read(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** All folders with a tsconfig.json. */
function projects(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const own = entries.some((entry) => entry.name === "tsconfig.json") ? [folder] : [];
  const below = entries.filter(
    (e) => e.isDirectory() && !/^(node_modules|dist|artifacts|\..*)$/.test(e.name),
  );
  return [...own, ...below.flatMap((entry) => projects(join(folder, entry.name)))];
}

function heading(name) {
  console.log(`\n— ${name}`);
}
