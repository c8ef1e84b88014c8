/**
 * Static analysis of the models of test/rules and of the examples: correct ones give silence, wrong ones are found
 * while typing if their rule can be decided so.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse, type StaticFinding } from "../../sim/analysis/index.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { ruleById } from "../../sim/rules/catalogue.ts";

const ROOT = join(import.meta.dirname, "../rules");
const EXAMPLES = join(import.meta.dirname, "../../examples");

/** Rules that the specification calls decidable and that are not found in their model yet, with the reason. */
const NOT_YET: Readonly<Record<string, string>> = {
  "timer-sync": "memory of the module's own is not followed to its end as a device's is",
  "work-cancel-nosync": "memory of the module's own is not followed to its end as a device's is",
  "task-kill": "memory of the module's own is not followed to its end as a device's is",
  "xmit-queue-order": "the order of the core's locks is not known to the analysis",
  "xmit-lltx-disable": "what netif_tx_disable() was meant for cannot be told",
  "lock-data-race": "locksets are left to the run, which sees what is ordered otherwise",
  "lock-irq-dep": "dependencies of the kernel's own locks are not followed",
  "irq-nested-assume": "which lines nest is a matter of the machine",
  "irq-disable-shared": "how long a section lasts is a matter of the run",
  "car-no-queue": "whether a queue operation belongs to a link change cannot be told from the call",
  "ctx-recursion-xmit": "the copy's device comes from skb_copy(), whose fields are not followed",
  "ioctl-mtu": "that a range is checked is a matter of values",
  "irq-enable-balance": "the depth of disable_irq() is state of another callback",
  "irq-ready-before-request": "what the handler needs of the state after request_irq() is not compared",
  "life-priv-leak": "who frees private memory cannot be told without knowing all of module_exit's loops",
  "mc-count": "the bits of a filter are values",
  "napi-complete-budget": "that the work equals the limit is a matter of values",
  "napi-poll-disable": "an enable without a disable is legal where nothing is scheduled",
  "napi-running-check": "scheduling without the test is legal where two ports share a poll",
  "napi-rx-func": "advice; the queue that netif_rx() uses is not followed",
  "napi-work-count": "the counter's value after the loop is not followed",
  "skb-free-irq-variant": "advice",
  "skb-leak-rx": "a fresh skb that is dropped at the end of a path is not followed into loops",
  "skb-nonlinear": "what becomes of fragments is a matter of values",
  "skb-orphan-delay": "when a completion comes cannot be told",
  "skb-pad": "lengths are values",
  "skb-shared-write": "whether an skb is cloned is a matter of the run",
  "skb-use-after-ok": "when a completion may run is a matter of the schedule",
  "stat-down": "what stop frees and get_stats reads is not compared",
  "txq-off-by-one": "ring arithmetic is a matter of values",
  "txq-xmit-stopped": "whether the queue is stopped at a call of one's own xmit is a matter of the run",
};

const files = {
  read: (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null),
};

const ids = (f: StaticFinding): string[] => [f.rule, ...f.alsoRules];
const line = (f: StaticFinding): string =>
  `${f.file.split("/").at(-1)}:${f.line}: ${f.message} [${ids(f).join(", ")}]`;

function judge(model: string): { found: Set<string>; unexpected: string[] } {
  const expected = modelHeader(readFileSync(model, "utf8")).expect;
  const allowed = new Set([...(expected?.rules ?? []), ...(expected?.optional ?? [])]);
  const { findings } = analyse(files, model)!;
  return {
    found: new Set(findings.flatMap(ids)),
    unexpected: findings
      .filter((f) => f.severity !== "advice" && !ids(f).some((id) => allowed.has(id)))
      .map(line),
  };
}

const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, "bad.ts")))
  .map((entry) => entry.name);

describe.each(FOLDERS)("%s", (id) => {
  it("is silent on the correct model", () => {
    expect(judge(join(ROOT, id, "good.ts")).unexpected).toEqual([]);
  });

  it("finds what it can decide in the wrong model, and nothing else", () => {
    const { found, unexpected } = judge(join(ROOT, id, "bad.ts"));
    expect(unexpected).toEqual([]);
    if (!ruleById(id)!.detectedBy.includes("static")) return;
    expect(
      found.has(id),
      id in NOT_YET ? `${id} is found now: take it off the list` : `${id} is not found`,
    ).toBe(!(id in NOT_YET));
  });
});

/** Bugs that show only in a particular run: the specification does not call them decidable, or the list above tells why. */
const MUSEUM_NOT_YET = /^(A7|D17|D2|E4|F1|J1)-/;

describe("the museum", () => {
  const museum = join(EXAMPLES, "museum");
  const bugs = readdirSync(museum).filter((name) => existsSync(join(museum, name, "buggy.ts")));

  it.each(bugs.filter((name) => !MUSEUM_NOT_YET.test(name)))("finds %s while typing", (name) => {
    const path = join(museum, name, "buggy.ts");
    const expected = modelHeader(readFileSync(path, "utf8")).expect!.rules.slice();
    expect([...judge(path).found]).toEqual(expect.arrayContaining(expected));
  });
});

describe("examples", () => {
  const models = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
    .map((e) => join(e.parentPath, e.name))
    .filter((path) => path.endsWith(".ts") && /^\s*module_init\(/m.test(readFileSync(path, "utf8")));

  it.each(models)("only what is expected in %s", (path) => {
    expect(judge(path).unexpected).toEqual([]);
  });
});

it("is silent on a whole driver of LabNIC", () => {
  expect(judge(join(import.meta.dirname, "../hardware/models/mini.ts")).unexpected).toEqual([]);
});
