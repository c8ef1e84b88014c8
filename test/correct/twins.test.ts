/**
 * The little drivers that keep a rule are silent under any workload that their device supports, not only under their own. An
 * ordinary test run takes some of them, the nightly command all, each with many seeds.
 */
import { describe, expect, it } from "vitest";
import { runModel } from "../support/lab.ts";
import { SEEDS } from "./correct.ts";
import { TWINS, turn } from "./twins.ts";

/** Of an ordinary test run: one twin of so many. */
const EVERY = SEEDS > 1 ? 1 : 4;

const chosen = TWINS.map((twin, index) => ({ ...twin, index })).filter(({ index }) => index % EVERY === 0);

describe("little drivers that keep their rule", () => {
  it.each(chosen)("$id", { timeout: 20_000 * SEEDS }, ({ model, config, index }) => {
    const loud: string[] = [];
    for (let n = 0; n < SEEDS; n++) {
      const { workload, cpus, seed } = turn(index, n);
      const { violations } = runModel({ model, workload, config: { ...config, cpus, seed } });
      for (const { severity, rule, message, place } of violations)
        if (severity !== "advice")
          loud.push(
            `${workload}, ${cpus} CPUs, seed ${seed}: ${rule}: ${message} (${place?.file}:${place?.line})`,
          );
    }
    expect(loud).toEqual([]);
  });
});
