import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { firstDifference, runEveryWay } from "./harness/modes.ts";
import { type Main, runPlain } from "./harness/outcome.ts";
import { loadPlain, removePlain, type SourceFile } from "./harness/plain.ts";

/** Each file in `programs` is a program; so is each folder (several modules, `main.ts` the entry). */
const root = join(import.meta.dirname, "programs");

function programFiles(entry: string): SourceFile[] {
  const read = (name: string, path: string): SourceFile => ({ name, source: readFileSync(path, "utf8") });
  if (entry.endsWith(".ts")) return [read(entry, join(root, entry))];
  const names = readdirSync(join(root, entry)).sort(
    (a, b) => Number(a === "main.ts") - Number(b === "main.ts"),
  );
  return names.map((name) => read(name, join(root, entry, name)));
}

const programs = readdirSync(root).filter((entry) => !entry.endsWith(".d.ts") && !entry.endsWith(".json"));

afterAll(removePlain);

test("there are at least 150 programs of 20 lines or more", () => {
  const long = programs.filter(
    (entry) =>
      programFiles(entry)
        .map((f) => f.source)
        .join("")
        .split("\n").length > 20,
  );
  expect(long.length).toBeGreaterThanOrEqual(150);
});

test.each(programs)("%s", async (entry) => {
  const files = programFiles(entry);
  const main = (await loadPlain(files)).main as Main;
  const plain = runPlain(main);
  const again = runPlain(main);
  const stateless = JSON.stringify(plain) === JSON.stringify(again);
  const runs = runEveryWay(files, { stateless });
  expect(firstDifference(plain, runs)).toBeNull();
  expect(runs[1]!.pauses).toBeGreaterThan(20);
});
