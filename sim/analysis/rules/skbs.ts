/** Ownership of socket buffers on one path. */
import type * as t from "@babel/types";
import { FREES_SKB, GIVES_SKB_UP } from "../api/table.ts";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { RelatedSpan } from "../finding.ts";
import type { Interpreter } from "../interp.ts";
import type { State, Tracked } from "../state.ts";
import type { Value } from "../values.ts";

export const skbs: CheckerFactory = (a) => ({
  load: (object, field, node, state, run) => touched(a, object, field, node, state, run),
  store: (object, field, _value, node, state, run) => touched(a, object, field, node, state, run),
  call(call, run) {
    if (a.entry === null) return;
    const { name, args, node, state } = call;
    const skb = args[0];
    if (FREES_SKB.has(name) || GIVES_SKB_UP.has(name)) consumed(a, name, skb, node, state, run);
    else for (const arg of args) used(a, name, arg, node, state, run);
    if ((name === "netif_rx" || name === "netif_rx_ni") && skb?.k === "sym")
      unset(a, name, skb, node, state, run);
  },
});

function tracked(value: Value | undefined, state: State): Tracked | undefined {
  if (value?.k !== "sym") return undefined;
  const object = state.objs.get(value.id);
  return object?.kind === "skb" ? object : undefined;
}

const gone = (o: Tracked | undefined): o is Tracked => o?.st === "freed" || o?.st === "given";

function story(o: Tracked): RelatedSpan[] {
  return [
    {
      ...o.at,
      message:
        o.st === "freed"
          ? `the skb is freed here by ${o.data}()`
          : `the skb is given away here by ${o.data}()`,
    },
  ];
}

function consumed(
  a: Analysis,
  name: string,
  skb: Value | undefined,
  node: t.Node,
  state: State,
  run: Interpreter,
): void {
  const object = tracked(skb, state);
  if (!gone(object)) return;
  const related = story(object);
  if (object.st === "given" && FREES_SKB.has(name)) {
    const rule = object.data?.startsWith("netif_rx") ? "skb-free-on-rx-drop" : "skb-use-after-rx";
    a.report(
      rule,
      node,
      run,
      `${name}() frees an skb that belongs to the stack since ${object.data}(), whatever that returned`,
      {
        related,
        also: ["skb-double-free", "skb-use-after-rx"],
      },
    );
  } else if (object.st === "freed" && FREES_SKB.has(name)) {
    a.report("skb-double-free", node, run, `${name}() frees an skb that is freed already`, { related });
  } else {
    a.report("skb-uaf", node, run, `${name}() is given an skb that is gone already`, { related });
  }
}

function used(a: Analysis, name: string, value: Value, node: t.Node, state: State, run: Interpreter): void {
  const object = tracked(value, state);
  if (!gone(object) || name === "printk") return;
  const rule = object.st === "given" ? "skb-use-after-rx" : "skb-uaf";
  a.report(rule, node, run, `${name}() is given an skb that is gone already`, {
    related: story(object),
    also: ["skb-uaf"],
  });
}

function touched(
  a: Analysis,
  value: Value,
  field: string,
  node: t.Node,
  state: State,
  run: Interpreter,
): void {
  const object = tracked(value, state);
  if (!gone(object) || a.entry === null) return;
  const unmaps = run.inCallOf(/^pci_unmap|^dma_unmap/, node);
  const rule = object.st === "given" ? "skb-use-after-rx" : unmaps ? "dma-unmap-order" : "skb-uaf";
  const who =
    object.st === "freed" ? `was freed by ${object.data}()` : `belongs to the stack since ${object.data}()`;
  a.report(rule, node, run, `skb.${field} is used after the skb ${who}`, {
    related: story(object),
    also: ["skb-uaf"],
  });
}

/** A fresh skb goes up without its device. */
function unset(
  a: Analysis,
  name: string,
  skb: Extract<Value, { k: "sym" }>,
  node: t.Node,
  state: State,
  run: Interpreter,
): void {
  if (state.objs.get(skb.id)?.st !== "new" || skb.from?.api === "skb_clone" || skb.from?.api === "skb_copy")
    return;
  if (state.cells.has(`${skb.id}.dev`)) return;
  a.report("skb-dev-proto", node, run, `${name}() of an skb whose dev was never set`);
}
