import { expect, test } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

test("the word that is spelt most like it", () => {
  expect(nearest("smok", ["smoke", "stats", "mtu"])).toBe("smoke");
  expect(nearest("updwon", ["updown", "threads"])).toBe("updown");
  expect(nearest("LOCK-ORDER", ["lock-order"])).toBe("lock-order");
});

test("nothing if no word is close", () => {
  expect(nearest("xyz", ["smoke", "threads"])).toBeNull();
  expect(didYouMean("xyz", ["smoke"])).toBe("");
});

test("options are advised with their dashes", () => {
  expect(didYouMean("sede", ["seed", "cpus"], "--")).toBe("; did you mean --seed?");
});
