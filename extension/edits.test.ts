import { expect, test } from "vitest";
import { moveByEdit } from "./edits.ts";

const span = { start: 10, end: 11 };

test.each([
  ["typing below", { start: 12, end: 12, newLines: 0, wholeLines: false }, 0],
  ["typing in the first line", { start: 10, end: 10, newLines: 0, wholeLines: false }, undefined],
  ["typing in the last line", { start: 11, end: 11, newLines: 0, wholeLines: false }, undefined],
  ["typing above", { start: 3, end: 3, newLines: 0, wholeLines: false }, 0],
  ["two lines put in above", { start: 3, end: 3, newLines: 2, wholeLines: false }, 2],
  ["a line put in right above, from its start", { start: 10, end: 10, newLines: 1, wholeLines: true }, 1],
  ["a line put in above by Enter at the end of it", { start: 9, end: 9, newLines: 1, wholeLines: false }, 1],
  ["the three lines above deleted", { start: 7, end: 10, newLines: 0, wholeLines: true }, -3],
  ["an edit that reaches into it", { start: 7, end: 10, newLines: 0, wholeLines: false }, undefined],
  ["all replaced", { start: 0, end: 99, newLines: 99, wholeLines: false }, undefined],
  ["an insertion of nothing at its start", { start: 10, end: 10, newLines: 0, wholeLines: true }, undefined],
])("%s", (_name, edit, moved) => {
  expect(moveByEdit(span, edit)).toBe(moved);
});
