import type { Rule } from "../rule.ts";

export const ctxStackOverflow: Rule = {
  id: "ctx-stack-overflow",
  family: "ctx",
  title: "Kernel stack overflow",
  statement: "The kernel stack is small: no unbounded recursion.",
  severity: "error",
  condition: "more than 500 nested calls in one task",
  source: "include/asm-i386/thread_info.h: THREAD_SIZE",
  kernelMessage: "do_IRQ: stack overflow",
  wrong: "function walk(n: node) {\n  walk(n.next);\n}",
  right: "for (let n = head; n; n = n.next) visit(n);",
  fix: "Use a loop.",
  detectedBy: ["run"],
  specialises: ["oops"],
  listen: (ctx) => ({
    oops: (event) => {
      if (!event.message.includes("stack overflow")) return;
      ctx.report({
        message: event.message,
        place: event.stack.find((p) => p.model) ?? null,
        stack: event.stack.slice(0, 12),
      });
    },
  }),
};
