/** Statistics and multicast lists. */
import type { CheckerFactory } from "../checker.ts";

export const devices: CheckerFactory = (a) => ({
  exit(value, _state, node, run) {
    if (a.entry?.role === "get_stats" && value.k === "null")
      a.report("stat-null", node, run, "get_stats returns null: whoever reads the statistics oopses");
  },
  load(object, field, node, state, run) {
    if (a.entry === null || field !== "mc_list" || object.k !== "sym") return;
    if (object.t !== "net_device" && object.id !== "dev") return;
    if (state.held.some((h) => h.kind === "xmit") || a.entry.role === "set_multicast_list") return;
    a.report("mc-walk", node, run, "dev.mc_list is read without xmit_lock: others change it meanwhile");
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
});
