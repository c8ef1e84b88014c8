/** Calls that come in pairs over the whole model, and results that must be looked at. */
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { ApiCall, Interpreter } from "../interp.ts";

export const balance: CheckerFactory = (a) => ({
  call(call, run) {
    if (a.entry === null) return;
    const { name, node } = call;
    const uses = (...names: string[]): boolean => names.some((n) => a.model.uses.has(n));
    if (name === "tasklet_disable" && !uses("tasklet_enable") && !/^(remove|module_exit)$/.test(a.entry.role))
      a.report(
        "task-enable-balance",
        node,
        run,
        "nobody calls tasklet_enable(): the softirq raises itself again and again for a tasklet that never runs",
      );
    if (
      name === "tasklet_enable" &&
      !uses("tasklet_disable", "tasklet_disable_nosync", "DECLARE_TASKLET_DISABLED")
    )
      a.report("task-enable-balance", node, run, "tasklet_enable() of a tasklet that nobody disables");
    if (name === "enable_irq" && !uses("disable_irq", "disable_irq_nosync"))
      a.report("irq-enable-balance", node, run, "enable_irq() of a line that nobody disables");
    if (/^(spin|read|write)_trylock(_bh|_irq)?$/.test(name) && run.ignored === node)
      a.report(
        "lock-trylock",
        node,
        run,
        `${name}() may fail, and nobody looks: what follows runs without the lock`,
      );
    advice(a, call, run);
  },
});

function advice(a: Analysis, { name, node, state }: ApiCall, run: Interpreter): void {
  if (name === "dev_kfree_skb_irq" && a.kind !== "hardirq" && !state.irqOff)
    a.report(
      "skb-free-irq-variant",
      node,
      run,
      "dev_kfree_skb_irq() with interrupts on frees later than dev_kfree_skb() would",
    );
  if (name === "netif_rx" && a.entry!.role === "poll")
    a.report(
      "napi-rx-func",
      node,
      run,
      "netif_rx() in poll queues the packet a second time: netif_receive_skb()",
    );
}
