import type { Rule } from "../rule.ts";

export const runLimit: Rule = {
  id: "run-limit",
  family: "run",
  title: "Run without end",
  statement: "A run ends before the limit of statements (--max-ticks).",
  severity: "error",
  condition: "the run reached its limit of statements, and no other rule explains it",
  source: "netdev-lab: --max-ticks",
  kernelMessage: null,
  wrong: "while (!(p.flags & DONE)) {}",
  right: "for (let i = 0; i < 1000 && !(p.flags & DONE); i++) udelay(10);",
  fix: "Bound each loop; or raise --max-ticks if the workload is meant to be that long.",
  detectedBy: ["run"],
  consequence: "run",
  listen: (ctx) => ({
    "run-limit": (event) => {
      ctx.report({ message: `the run was ended after ${event.ticks} statements`, place: ctx.machine.here() });
    },
  }),
};
