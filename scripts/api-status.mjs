// docs/api-status.md: every name that a driver model can import, and what stands behind it.
// `node scripts/api-status.mjs` writes the page, `--check` fails if it is out of step or a name has neither test nor reason.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { collectApi } from "./api-status/exports.mjs";
import { renderPage } from "./api-status/page.mjs";
import { testsByName } from "./api-status/tests.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/api-status.md");

/** The rows of the page: one a name. */
export function apiStatus() {
  const tests = testsByName(root);
  return collectApi(join(root, "sim/kernel")).map((entry) => ({ ...entry, status: statusOf(entry, tests) }));
}

/** @returns {{ kind: "type" | "tested" | "no-effect" | "missing", text: string }} */
function statusOf(entry, tests) {
  if (entry.isType) return { kind: "type", text: "a type" };
  if (entry.noEffect !== null) return { kind: "no-effect", text: `no effect: ${entry.noEffect}` };
  const where = tests.get(entry.name);
  if (where !== undefined) return { kind: "tested", text: `tested by ${where}` };
  return { kind: "missing", text: "**neither test nor reason**" };
}

/** The page as it must be. */
export function expectedPage() {
  return renderPage(apiStatus());
}

/** The page as it is. */
export function currentPage() {
  return existsSync(page) ? readFileSync(page, "utf8") : "";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = expectedPage();
  const missing = apiStatus().filter((entry) => entry.status.kind === "missing");
  for (const entry of missing)
    console.error(`${entry.name} (${entry.headers.join(", ")}): neither test nor reason`);
  if (!process.argv.includes("--check")) writeFileSync(page, text);
  else if (currentPage() !== text)
    console.error("docs/api-status.md is out of step: run node scripts/api-status.mjs");
  if (process.argv.includes("--check") && (missing.length > 0 || currentPage() !== text))
    process.exitCode = 1;
}
