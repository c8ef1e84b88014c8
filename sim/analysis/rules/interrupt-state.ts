/** Interrupt flag and bottom halves: nested sections, flags that are used twice, what a callback leaves behind. */
import type * as t from "@babel/types";
import { lockCall } from "../api/table.ts";
import type { Analysis, CheckerFactory } from "../checker.ts";
import { takenAt } from "../describe.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import type { State } from "../state.ts";
import { keyOf } from "../values.ts";

export const interruptState: CheckerFactory = (a) => ({
  call(call, run) {
    if (a.entry === null) return;
    enabling(a, call, run);
    restoring(a, call, run);
  },
  exit(_value, state, node, run) {
    leaving(a, state, node, run);
  },
});

function enabling(a: Analysis, call: ApiCall, run: Interpreter): void {
  const { name, args, node, state } = call;
  const lock = lockCall(name);
  const enables = name === "local_irq_enable" || (lock?.what === "unlock" && lock.variant === "irq");
  if (!enables) return;
  const own = lock ? keyOf(args[0] ?? { k: "null" }) : null;
  const outer = state.held.find((h) => h.id !== own && (h.variant === "irq" || h.variant === "irqsave"));
  const startedOff = a.entry!.irqsOff;
  if (outer || startedOff) run.told("irq", node, state);
  if (outer?.variant === "irqsave")
    a.report(
      "ctx-irq-on-in-isr",
      node,
      run,
      `${name}() turns interrupts on inside the section of ${outer.name}`,
      {
        related: takenAt(outer),
        also: ["ctx-irq-nest"],
      },
    );
  else if (outer)
    a.report("ctx-irq-nest", node, run, `${name}() turns interrupts on inside the section of ${outer.name}`, {
      related: takenAt(outer),
    });
  else if (startedOff)
    a.report(
      "ctx-irq-on-in-isr",
      node,
      run,
      `${name}() turns interrupts on in a handler that was entered with interrupts off`,
    );
  else if (a.entry!.role === "hard_start_xmit" && lock)
    a.report(
      "ctx-xmit-irqs-on",
      node,
      run,
      `${name}() turns interrupts on in hard_start_xmit, which netpoll calls with interrupts off`,
      { also: ["ctx-irq-on-in-isr"] },
    );
}

function restoring(a: Analysis, call: ApiCall, run: Interpreter): void {
  const { name, args, node, state } = call;
  const lock = lockCall(name);
  if (lock?.what !== "unlock" || lock.variant !== "irqsave") return;
  const flags = args[1];
  if (
    flags?.k === "sym" &&
    flags.saved === true &&
    !a.entry!.irqsOff &&
    state.held.filter((h) => h.variant !== "plain" && h.variant !== "bh").length === 1
  )
    a.report(
      "ctx-flags-reuse",
      node,
      run,
      "these flags were saved when interrupts were off already: they stay off",
    );
}

function leaving(a: Analysis, state: State, node: t.Node, run: Interpreter): void {
  if (state.objs.has("told:irq")) return;
  // a lock that is still held explains both
  if (state.held.some((h) => h.at !== null)) return;
  const name = a.entry!.fn.fn.name;
  if (state.irqOff && !a.entry!.irqsOff)
    a.report("ctx-irq-imbalance", node, run, `${name}() returns with interrupts off`, {
      also: ["ctx-flags-reuse"],
    });
  if (!state.irqOff && a.entry!.irqsOff)
    a.report(
      "ctx-irq-imbalance",
      node,
      run,
      `${name}() was entered with interrupts off and returns with interrupts on`,
    );
  const bh =
    a.entry!.role === "hard_start_xmit" ||
    a.entry!.role === "tx_timeout" ||
    a.entry!.role === "set_multicast_list"
      ? 1
      : 0;
  if (state.bh !== bh)
    a.report(
      "ctx-bh-imbalance",
      node,
      run,
      `${name}() returns with bottom halves ${state.bh > bh ? "off" : "on"}`,
    );
  if (state.preempt !== 0)
    a.report("ctx-preempt-imbalance", node, run, `${name}() returns with preemption off`);
}
