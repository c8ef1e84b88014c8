/** A new driver model is correct whatever it starts from: no run, no static check and no type error says anything. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scaffold } from "../../extension/scaffold.ts";
import { templates } from "../../extension/templates/templates.ts";
import { analyse } from "../../sim/analysis/index.ts";
import { runModel } from "../support/lab.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WORKLOADS = [
  "smoke",
  "flood-tx",
  "updown",
  "reload",
  "stats",
  "multicast",
  "mtu",
  "faults",
  "everything",
];

/** The rest of what LabNIC's driver must stand is in test/correct. */
const CARD_WORKLOADS = ["smoke", "updown"];

describe.each(templates())("$label", (template) => {
  let home: string;
  let model: string;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "netdev-lab-template-"));
    model = await scaffold({ folder: join(home, "ether3"), name: "ether3", template, extension: ROOT });
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("carries the new name, and no other", () => {
    const texts = template.files.map((file) =>
      join(home, "ether3", file.replace(template.placeholder, "ether3")),
    );
    const all = texts.map((file) => readFileSync(file, "utf8")).join("");
    expect(all).toMatch(/\bether3_open\b/);
    expect(all).not.toMatch(new RegExp(`\\b${template.placeholder}`));
  });

  it("has no type errors", () => {
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const check = () =>
      execFileSync(process.execPath, [tsc, "-p", join(home, "ether3"), "--pretty", "false"]);
    expect(check).not.toThrow();
  });

  it("is silent in static checks", () => {
    const read = (path: string): string | null => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return null;
      }
    };
    expect(analyse({ read }, model)?.findings).toEqual([]);
  });

  it.each(template.nic === "labnic" ? CARD_WORKLOADS : WORKLOADS)(
    "is silent under %s",
    { timeout: 60_000 },
    (workload) => {
      for (const seed of [1, 2]) {
        const { violations } = runModel({
          model,
          workload,
          config: { cpus: 2, seed, nic: template.nic, races: true },
        });
        expect(
          violations.map(({ rule, message }) => `${rule}: ${message}`),
          `seed ${seed}`,
        ).toEqual([]);
      }
    },
  );
});
