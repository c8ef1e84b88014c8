import type { Rule } from "../rule.ts";

export const taskDisableSelf: Rule = {
  id: "task-disable-self",
  family: "timer",
  title: "A tasklet waits for itself",
  statement: "tasklet_kill() and tasklet_disable() wait for the tasklet to end: never call them in it.",
  severity: "error",
  condition: "one of these is called for a tasklet in its own function",
  source: "kernel/softirq.c: tasklet_kill(); include/linux/interrupt.h: tasklet_disable()",
  kernelMessage: null,
  wrong: "function my_tasklet(data: unknown) {\n  tasklet_disable(p.tasklet);",
  right: "function my_tasklet(data: unknown) {\n  tasklet_disable_nosync(p.tasklet);",
  fix: "Leave it to process context.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "wait-for": (event) => {
      if (event.what !== "tasklet") return;
      const own = ctx.state.callbacks.inside(event.task, event.context, "tasklet");
      if (own?.owner?.id !== event.id) return;
      ctx.report({
        message: `${event.fn}() waits for the end of ${own.name}(), in which it is called`,
        about: [own.owner],
      });
    },
  }),
};
