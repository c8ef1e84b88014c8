/** Statistics, multicast lists, DMA handles. */
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import { keyOf, type Value } from "../values.ts";

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
  call: (call, run) => unmapped(a, call, run),
  called(call, result, run) {
    if (!/^(pci|dma)_map_(single|page)$/.test(call.name) || result.value.k !== "sym") return;
    const { args } = call;
    const page = call.name.endsWith("page");
    const data = [page ? "page" : "single", sizeKey(args[page ? 3 : 2]), sizeKey(args[page ? 4 : 3])].join(
      "|",
    );
    result.state.objs.set(result.value.id, { kind: "dma", st: "mapped", at: run.span(call.node), data });
  },
});

const sizeKey = (value: Value | undefined): string => (value === undefined ? "?" : keyOf(value));

function unmapped(a: Analysis, { name, args, node, state }: ApiCall, run: Interpreter): void {
  const m = /^(?:pci|dma)_unmap_(single|page)$/.exec(name);
  const handle = args[1];
  if (!m || handle?.k !== "sym" || a.entry === null) return;
  const o = state.objs.get(handle.id);
  if (o?.kind === "dma") {
    const [fn, size, direction] = o.data!.split("|") as [string, string, string];
    const related = [{ ...o.at, message: o.st === "mapped" ? "it is mapped here" : "it is unmapped here" }];
    const report = (rule: string, message: string): void => a.report(rule, node, run, message, { related });
    if (o.st === "unmapped") report("dma-double-unmap", `${name}() of a handle that is unmapped already`);
    else if (fn !== m[1]) report("dma-func", `${name}() of a handle from map_${fn}`);
    else if (different(size, sizeKey(args[2])))
      report("dma-size", `${name}() with another size than was mapped`);
    else if (/^\d$/.test(direction) && args[3]?.k === "num" && String(args[3].v) !== direction)
      report("dma-dir", `${name}() with another direction than was mapped`);
  }
  const data = o?.data ?? `${m[1]}|?|?`;
  state.objs.set(handle.id, { kind: "dma", st: "unmapped", at: run.span(node), data });
}

/** Certainly not the same: two numbers, or something and the same plus a number. */
function different(a: string, b: string): boolean {
  if (a === b || a === "?" || b === "?") return false;
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return true;
  const plus = (long: string, short: string): boolean =>
    long.startsWith(`(${short} + `) && /^\d+\)$|^const:\w+\)$/.test(long.slice(short.length + 4));
  return plus(a, b) || plus(b, a);
}
