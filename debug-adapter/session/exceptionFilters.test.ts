import { describe, expect, it } from "vitest";
import type { Violation } from "../../sim/machine/events.ts";
import { ExceptionFilters, exceptionFilters } from "./exceptionFilters.ts";

function violation(rule: string, more: Partial<Violation> = {}): Violation {
  return {
    rule,
    severity: "error",
    message: "m",
    place: { file: "/m.ts", line: 7, column: 1, fn: "f", model: true },
    cpu: 1,
    context: "softirq",
    tick: 5,
    timeNs: 0,
    related: [],
    alsoRules: [],
    about: [],
    stack: [],
    ...more,
  };
}

function filters(...options: [string, string?][]): ExceptionFilters {
  const set = new ExceptionFilters();
  set.set({ filters: [], filterOptions: options.map(([filterId, condition]) => ({ filterId, condition })) });
  return set;
}

describe("exception filters", () => {
  it("stop at errors of every family unless told otherwise", () => {
    const set = new ExceptionFilters();
    for (const rule of ["lock-order", "ctx-sleep-atomic", "skb-uaf", "oops", "deadlock", "run-limit"])
      expect(set.stopsAt(violation(rule)), rule).toBe(true);
    expect(set.stopsAt(violation("lock-order", { severity: "warning" }))).toBe(false);
  });

  it("are one a family", () => {
    expect(filters(["lock"]).stopsAt(violation("lock-order"))).toBe(true);
    expect(filters(["lock"]).stopsAt(violation("skb-uaf"))).toBe(false);
    expect(filters(["skb"]).stopsAt(violation("oops"))).toBe(false);
    expect(filters(["oops"]).stopsAt(violation("oops"))).toBe(true);
    expect(filters(["deadlock"]).stopsAt(violation("hang"))).toBe(true);
    expect(filters().stopsAt(violation("lock-order"))).toBe(false);
  });

  it("stop at warnings if asked to", () => {
    const warning = violation("lock-order", { severity: "warning" });
    expect(filters(["lock"], ["warnings"]).stopsAt(warning)).toBe(true);
    expect(filters(["warnings"]).stopsAt(warning)).toBe(false);
  });

  it.each<[string, boolean]>([
    ['rule == "lock-order" && cpu == 1', true],
    ["cpu == 0", false],
    ['context.startsWith("soft") && line > 5', true],
    ['["lock-order", "lock-leak"].includes(rule)', true],
    ["message.missing.deeper", false],
  ])("hold under the condition %s: %s", (condition, stops) => {
    expect(filters(["lock", condition]).stopsAt(violation("lock-order"))).toBe(stops);
  });

  it("say what is wrong with a filter or condition", () => {
    const answers = new ExceptionFilters().set({
      filters: ["lock", "nonsense"],
      filterOptions: [
        { filterId: "skb", condition: "cpu ==" },
        { filterId: "ctx", condition: "cpus == 1" },
      ],
    });
    expect(answers.map((a) => a.verified)).toEqual([true, false, false, false]);
    expect(answers[1]?.message).toMatch(/no filter "nonsense"/);
    expect(answers[2]?.message).toMatch(/cannot read/);
    expect(answers[3]?.message).toMatch(/cpus is not known here/);
  });

  it("have unique names and labels", () => {
    const all = exceptionFilters();
    expect(new Set(all.map((f) => f.filter)).size).toBe(all.length);
    expect(new Set(all.map((f) => f.label)).size).toBe(all.length);
  });
});
