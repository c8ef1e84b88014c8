/** Registers of a card: what is written before a delay, and what is touched when they are gone. */
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { ContextKind, Role } from "../entries.ts";
import type { RelatedSpan, Span } from "../finding.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import type { State } from "../state.ts";
import { keyOf, type Value } from "../values.ts";

const WRITE = /^(write[bwl]|iowrite(8|16|32))$/;
const READ = /^(read[bwl]|ioread(8|16|32))$/;
const DELAY = /^([umn]delay|msleep)$/;

/** unregister_netdev() stops a device that is up: told if stop turns out to need the registers. */
interface Stopping {
  readonly span: Span;
  readonly kind: ContextKind;
  readonly related: readonly RelatedSpan[];
}

export const registers: CheckerFactory = (a) => {
  const users = new Set<Role>();
  const stopping: Stopping[] = [];
  return {
    call(call, run) {
      if (a.entry === null) return;
      const { name, args, node, state } = call;
      const address = WRITE.test(name) ? args[1] : READ.test(name) ? args[0] : undefined;
      if (address !== undefined) {
        users.add(a.entry.role);
        unmapped(a, call, address, run);
        posted(call, address, run);
      }
      if (DELAY.test(name)) delayed(a, call, run);
      if (name === "iounmap" || name === "pci_iounmap") {
        const base = args[name === "iounmap" ? 0 : 1];
        if (base?.k === "sym")
          state.objs.set(`io:${base.id}`, { kind: "io", st: "unmapped", at: run.span(node), data: base.id });
      }
      if (/^unregister_netdev(ice)?$/.test(name) && /^(remove|module_exit)$/.test(a.entry.role)) {
        const gone = ioGone(state)[0];
        if (gone !== undefined)
          stopping.push({
            span: run.span(node),
            kind: a.kind,
            related: [...a.way(run), { ...gone.at, message: "the registers are unmapped here" }],
          });
      }
    },
    finish() {
      if (!users.has("stop")) return;
      for (const { span, kind, related } of stopping)
        a.reportAt(
          "mmio-unmapped",
          span,
          "unregister_netdev() stops a device that is up, and stop accesses registers that are unmapped already",
          kind,
          { related },
        );
    },
  };
};

const ioGone = (state: State) => [...state.objs.values()].filter((o) => o.kind === "io");

/** The address is, or begins with, registers that were unmapped on this path. */
function unmapped(a: Analysis, { name, node, state }: ApiCall, address: Value, run: Interpreter): void {
  const key = keyOf(address);
  const gone = ioGone(state).find(({ data }) => key === data || key.startsWith(`(${data} + `));
  if (gone === undefined) return;
  a.report("mmio-unmapped", node, run, `${name}() of registers that are unmapped`, {
    related: [{ ...gone.at, message: "they are unmapped here" }],
  });
}

/** Registers whose effect a driver waits for by time: the card's CTRL and WINDOW. */
const WAITED_FOR = / \+ (0|72)\)$/;

function posted({ name, node, state }: ApiCall, address: Value, run: Interpreter): void {
  // any read of the card pushes what was written before
  if (READ.test(name) || address.k !== "sym" || !(WAITED_FOR.test(address.id) || !address.id.includes(" + ")))
    state.objs.delete("posted");
  else state.objs.set("posted", { kind: "mark", st: "posted", at: run.span(node) });
}

function delayed(a: Analysis, { name, node, state }: ApiCall, run: Interpreter): void {
  const write = state.objs.get("posted");
  if (write === undefined) return;
  state.objs.delete("posted");
  a.report("mmio-post", node, run, `${name}() begins while a register write may still be on its way`, {
    related: [{ ...write.at, message: "it is written here; any read would push it" }],
  });
}
