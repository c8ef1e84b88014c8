import { expect, test } from "vitest";
import { apiStatus, currentPage, expectedPage } from "../../scripts/api-status.mjs";

test("each name of the headers has a behaviour test, or says why it has no effect", () => {
  const missing = apiStatus().filter((entry) => entry.status.kind === "missing");
  expect(missing.map((entry) => entry.name)).toEqual([]);
});

test("docs/api-status.md is in step (node scripts/api-status.mjs)", () => {
  expect(currentPage()).toBe(expectedPage());
});
