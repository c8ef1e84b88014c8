import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bundle } from "./harness/bundle.ts";
import { firstDifference, runPackage } from "./harness/modes.ts";
import { type Log, runPlain } from "./harness/outcome.ts";
import { loadPlain, removePlain } from "./harness/plain.ts";

/** Programs of the registry that nobody here wrote, driven with real inputs: one driver a package. */
const root = join(import.meta.dirname, "packages");
const drivers = readdirSync(root).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));

afterAll(removePlain);

test("at least ten packages take part", () => expect(drivers.length).toBeGreaterThanOrEqual(10));

test.each(drivers)("%s", async (driver) => {
  const files = [{ name: driver, source: bundle(join(root, driver)) }];
  for (const small of [false, true]) {
    const main = (await loadPlain(files)).main as (log: Log, small: boolean) => unknown;
    const plain = runPlain((log) => main(log, small));
    expect(plain.result).not.toMatch(/^threw/);
    expect(firstDifference(plain, runPackage(files, small))).toBeNull();
  }
});
