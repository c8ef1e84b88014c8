/** A run that begins from the image of a boot has the history of one that booted. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEFAULT_CONFIG, type LabConfig } from "../../sim/lab/config.ts";
import { Lab } from "../../sim/lab/lab.ts";
import { FixedOrder, RandomWalk } from "../../sim/machine/schedule.ts";
import { makeLab } from "../support/lab.ts";

const threads = readdirSync("examples/threads").map(
  (file) => [`examples/threads/${file}`, "threads", { nic: "none" }] as const,
);

test.each<readonly [string, string, Partial<LabConfig>]>([
  ...threads,
  ["examples/snull/snull.ts", "smoke", { nic: "none" }],
  ["examples/labnic/labnic.ts", "smoke", {}],
  ["examples/labnic/labnic.ts", "hotplug", { races: true, nics: 2, irq: "msi" }],
])("%s under %s", (model, workload, settings) => {
  const config = { ...DEFAULT_CONFIG, ...settings };
  const { program } = makeLab({ model, workload, config });
  const strategy = new FixedOrder();
  const booting = new Lab(program, config, { strategy, rules: false });
  const remembering = new Lab(program, config, { strategy, rules: false, bootOnce: true });
  for (let seed = 1; seed <= 2; seed++) {
    expect(historyOf(remembering, config, seed)).toEqual(historyOf(booting, config, seed));
    expect(remembering.bootRemembered).toBe(true);
  }
});

/** The machine's seed stays: an image is one of a seed. */
function historyOf(lab: Lab, config: LabConfig, seed: number): unknown {
  lab.restart(config, { strategy: new RandomWalk(seed) });
  const end = lab.runToEnd();
  const { historyHash, pointCount, tickCount, nowNs, decisions } = lab.machine;
  const violations = lab.rules.violations.map(({ about: _, ...told }) => told);
  return { end, historyHash, pointCount, tickCount, nowNs, decisions, violations };
}

test("another seed or number of CPUs boots anew", () => {
  const config = { ...DEFAULT_CONFIG, nic: "none" };
  const { program } = makeLab({ model: "examples/threads/account.ts", workload: "threads", config });
  const remembering = new Lab(program, config, { rules: false, bootOnce: true });
  for (const change of [{ seed: 2 }, { cpus: 1 }, { cpus: 3, seed: 7 }]) {
    const changed = { ...config, ...change };
    const booting = new Lab(program, changed, { rules: false });
    expect(historyOf(remembering, changed, 1)).toEqual(historyOf(booting, changed, 1));
  }
});

test("kernel and user space keep nothing that changes in private fields, which no image sees", () => {
  const files = ["sim/kernel", "sim/workload"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`),
  );
  const field = /^[ \t]+(?:static )?#\w+(?!\w*\()/m;
  expect(files.filter((file) => field.test(readFileSync(file, "utf8")))).toEqual([]);
});
