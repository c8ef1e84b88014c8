/** Each exhibit of the museum is a lesson that gives nothing away, and the walkthrough's is found and mended in moments. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { lessonModel, lessonPage, neededFiles, readLesson } from "../../extension/lessons/lesson.ts";
import { FIRST_LESSON } from "../../extension/lessons/lessonContributions.ts";
import { DEFAULT_CONFIG } from "../../sim/lab/config.ts";
import { findFile } from "../../sim/lab/files.ts";
import { Lab } from "../../sim/lab/lab.ts";
import { prepare } from "../../sim/lab/program.ts";
import { image } from "../support/lab.ts";

const MUSEUM = fileURLToPath(new URL("../../examples/museum", import.meta.url));
const EXHIBITS = readdirSync(MUSEUM).filter((name) => /^[A-Z]\d/.test(name));

const text = (id: string, file = "buggy.ts"): string => readFileSync(join(MUSEUM, id, file), "utf8");

const correct = (id: string): boolean => /^\/\/ @expect none$/m.test(text(id));

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Line breaks stay where they were, so a message names the same line in the lesson and the exhibit. */
const code = (model: string): string => model.slice(model.indexOf("*/"));

it("an exhibit without a bug is no lesson", () => {
  for (const id of EXHIBITS.filter(correct))
    expect(readLesson(id, text(id), text(id, "fixed.ts")), id).toBeNull();
});

it.each(EXHIBITS.filter((id) => !correct(id)))("%s", (id) => {
  const lesson = readLesson(id, text(id), text(id, "fixed.ts"))!;
  expect(lesson.driver).toMatch(/\d{4}|trap/);
  expect(lesson.title).toMatch(/^\S.{15,}/);
  expect(lesson.story.length).toBeGreaterThan(40);
  expect(lesson.story).not.toMatch(/\bMended\b/);
  expect(lesson.mended).toMatch(/^\S.{20,}/);
  const model = lessonModel(lesson, text(id));
  expect(model).not.toMatch(/\bBUG\b|Mended|@expect (?!none)/);
  expect(code(model).split("\n").length).toBe(code(text(id)).split("\n").length);
  expect(lessonPage(lesson, "buggy.ts")).toContain(lesson.mended);
  for (const path of neededFiles(model))
    expect(findFile({ read }, join(MUSEUM, id, "buggy.ts"), path), path).not.toBeNull();
});

it("the first lesson's bug is found by one run, and one line mends it", () => {
  const buggy = text(FIRST_LESSON);
  const header = /^\/\/ @lab .*$/m.exec(buggy)![0];
  expect(header).toBe("// @lab nic=none");
  const path = join(MUSEUM, FIRST_LESSON, "buggy.ts");
  const run = (model: string): readonly string[] => {
    const files = { read: (file: string) => (file === path ? model : read(file)) };
    const { program } = prepare({ model: path, workload: "smoke", files, image: image() });
    const lab = new Lab(program!, { ...DEFAULT_CONFIG, nic: "none" });
    lab.run(1e7);
    return lab.rules.violations.map(({ rule }) => rule);
  };
  const started = performance.now();
  expect(run(buggy)).toContain("lock-recursion");
  const mended = buggy.replace(
    "mii_queue(dev, MII_PHYSID2,",
    "mii_queue_unlocked(netdev_priv<fec_priv>(dev), MII_PHYSID2,",
  );
  expect(mended).not.toBe(buggy);
  expect(run(mended)).toEqual([]);
  // of the five minutes, the machine takes little
  expect(performance.now() - started).toBeLessThan(60_000);
});
