import type { Rule } from "../rule.ts";

export const oops: Rule = {
  id: "oops",
  family: "run",
  title: "Oops",
  statement: "The model must not use null, call what is no function, or run into a BUG.",
  severity: "error",
  condition:
    "an exception, a NULL pointer dereference or a BUG ends a task of the model, and no other rule explains it",
  source: "arch/i386/mm/fault.c: do_page_fault()",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "const p = dev.ip_ptr;\np.x = 1; // null",
  right: "const p = dev.ip_ptr;\nif (p) p.x = 1;",
  fix: "Look at the call trace: the innermost line of the model is the place.",
  detectedBy: ["run"],
  consequence: "task",
  listen: (ctx) => ({
    oops: (event) => {
      const place = event.stack.find((p) => p.model) ?? event.stack[0] ?? null;
      ctx.report({
        message: event.message,
        place,
        stack: event.stack,
        kernel: [event.message, `CPU:    ${event.cpu}`, `Process ${event.task.name} (pid: ${event.task.id})`],
      });
    },
  }),
};
