import type { Rule } from "../rule.ts";

export const workloadExpect: Rule = {
  id: "workload-expect",
  family: "run",
  title: "Expectation of the workload failed",
  statement: "What the workload expects is true.",
  severity: "error",
  condition: "expect(condition, message) of the workload with a false condition",
  source: "netdev-lab: the module lab/workload",
  kernelMessage: null,
  wrong: 'expect(stats("eth0").tx_packets === 10, "all packets sent"); // it is 9',
  right: 'expect(stats("eth0").tx_packets === 10, "all packets sent");',
  fix: "Find out why the model does not do what the workload asks of it.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    expectation: (event) => {
      // the workload's own line, not that of the module lab/workload
      const place = ctx.machine.stack().find((p) => !p.file.startsWith("linux:")) ?? null;
      if (!event.ok) ctx.report({ message: event.message, place });
    },
  }),
};
