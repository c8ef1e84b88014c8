/** The reference drivers of the card are silent under every workload, on 2 and 4 CPUs, with lines and with messages. */
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { runModel } from "../support/lab.ts";
import { CARD_DRIVERS, CARD_WORKLOADS, SEEDS } from "./correct.ts";

const cases = CARD_DRIVERS.flatMap((model) => CARD_WORKLOADS.map((workload) => ({ model, workload })));

const told = ({ rule, message, place }: ReturnType<typeof runModel>["violations"][number]): string =>
  `${rule}: ${message} (${place?.file}:${place?.line})`;

/** Workloads in which each part of a driver shares memory with the card and with the other CPUs. */
const WEAK_WORKLOADS = ["bidirectional", "updown", "everything"];

describe.each(CARD_DRIVERS)("%s with weak ordering", (model) => {
  it.each(WEAK_WORKLOADS)("is silent under %s", { timeout: 20_000 * SEEDS }, (workload) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { violations } = runModel({ model, workload, config: { seed, weak: true } });
      expect(violations.filter((v) => v.severity !== "advice").map(told), `seed ${seed}`).toEqual([]);
    }
  });
});

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
