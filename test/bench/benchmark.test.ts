/** What the benchmark measures must run, whenever the kernel and the extension change. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { activation } from "./activation.ts";
import { buildPlain } from "./plain-build.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "plain-build-"));
afterAll(() => rmSync(out, { recursive: true }));

it("the plain build sends snull's packets", async () => {
  const file = join(out, "plain.mjs");
  await buildPlain(root, join(root, "test/bench/plain-entry.ts"), file);
  const { boot, transmit, packets } = (await import(
    pathToFileURL(file).href
  )) as typeof import("./plain-entry.ts");
  boot();
  transmit(20);
  expect(packets()).toBe(20);
});

it("the extension activates with a stand-in for the editor", () => {
  expect(activation(root, 1)).toBeGreaterThan(0);
});
