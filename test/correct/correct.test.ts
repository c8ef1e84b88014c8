/** The reference drivers of the card are silent under every workload, on 2 and 4 CPUs, with lines and with messages. */
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { runModel } from "../support/lab.ts";
import { CARD_DRIVERS, CARD_WORKLOADS, SEEDS } from "./correct.ts";

const cases = CARD_DRIVERS.flatMap((model) => CARD_WORKLOADS.map((workload) => ({ model, workload })));

const told = ({ rule, message, place }: ReturnType<typeof runModel>["violations"][number]): string =>
  `${rule}: ${message} (${place?.file}:${place?.line})`;

describe.each(cases)("$model under $workload", ({ model, workload }) => {
  it.each([2, 4])(`${basename(model)} is silent on %i CPUs`, { timeout: 20_000 * SEEDS }, (cpus) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const irq = (seed + cpus) % 4 < 2 ? "intx" : "msi";
      const { violations } = runModel({ model, workload, config: { cpus, seed, irq } });
      const loud = violations.filter((v) => v.severity !== "advice").map(told);
      expect(loud, `seed ${seed}, ${irq}`).toEqual([]);
    }
  });
});
