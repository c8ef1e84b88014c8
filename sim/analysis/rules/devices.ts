/** Statistics and multicast lists. */
import type { CheckerFactory } from "../checker.ts";
import type { Fn } from "../model.ts";

export const devices: CheckerFactory = (a) => {
  /** Functions that read mc_list: with xmit_lock, and without. */
  const locked = new Set<Fn>();
  const unlocked = new Map<Fn, () => void>();
  return {
    exit(value, _state, node, run) {
      if (a.entry?.role === "get_stats" && value.k === "null")
        a.report("stat-null", node, run, "get_stats returns null: whoever reads the statistics oopses");
    },
    load(object, field, node, state, run) {
      if (a.entry === null || field !== "mc_list" || object.k !== "sym") return;
      if (object.t !== "net_device" && object.id !== "dev") return;
      const reader = run.stack.at(-1)!.fn;
      if (state.held.some((h) => h.kind === "xmit") || a.entry.role === "set_multicast_list") {
        locked.add(reader);
        return;
      }
      if (unlocked.has(reader)) return;
      const [span, kind, related] = [run.span(node), a.kind, a.way(run)];
      const message = "dev.mc_list is read without xmit_lock: others change it meanwhile";
      unlocked.set(reader, () => a.reportAt("mc-walk", span, message, kind, { related }));
    },
    store(object, field, value, node, _state, run) {
      if (
        a.entry?.role !== "set_multicast_list" ||
        field !== "flags" ||
        object.k !== "sym" ||
        object.id !== "dev"
      )
        return;
      if (value.k === "sym" && /IFF_(PROMISC|ALLMULTI)/.test(value.id))
        a.report(
          "mc-flags",
          node,
          run,
          "dev.flags belongs to the core: keep promiscuity in a variable of your own",
        );
    },
    // the filter is also programmed when a card comes up, by the function that set_multicast_list uses
    finish() {
      for (const [reader, report] of unlocked) if (!locked.has(reader)) report();
    },
  };
};
