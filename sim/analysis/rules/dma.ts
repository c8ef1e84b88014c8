/** DMA mappings: what was mapped, and how it is given back, on one path and over the whole model. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { ContextKind } from "../entries.ts";
import type { Span } from "../finding.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import { keyOf, type Value } from "../values.ts";

/** How a handle was mapped, or is unmapped. */
interface Mapping {
  readonly fn: string;
  readonly size: string;
  readonly direction: string;
  readonly at: Span;
}

interface Unmapping extends Mapping {
  readonly name: string;
  readonly kind: ContextKind;
}

const sizeKey = (value: Value | undefined): string => (value === undefined ? "?" : keyOf(value));

export const dma: CheckerFactory = (a) => {
  /** By the struct's field that keeps the handle. */
  const kept = new Map<string, Mapping[]>();
  const released = new Map<string, Unmapping[]>();
  return {
    call(call, run) {
      if (a.entry === null) return;
      const unmapping = unmapped(a, call, run);
      if (unmapping === null) return;
      const field = fieldOf(call.args[1]!, run);
      if (field !== null) released.set(field, [...(released.get(field) ?? []), unmapping]);
    },
    called(call, result, run) {
      if (!/^(pci|dma)_map_(single|page)$/.test(call.name) || result.value.k !== "sym") return;
      const page = call.name.endsWith("page");
      const fn = page ? "page" : "single";
      const size = sizeKey(call.args[page ? 3 : 2]);
      const direction = sizeKey(call.args[page ? 4 : 3]);
      const at = run.span(call.node);
      const data = [fn, size, direction].join("|");
      result.state.objs.set(result.value.id, { kind: "dma", st: "mapped", at, data });
    },
    store(object, field, value, _node, state, run) {
      const o = value.k === "sym" ? state.objs.get(value.id) : undefined;
      if (o?.kind !== "dma" || o.st !== "mapped" || object.k !== "sym") return;
      const place = /^(\d+$|\[)/.test(field)
        ? fieldOf(object, run)
        : fieldOf({ k: "sym", id: `${object.id}.${field}` }, run, object.t);
      if (place === null) return;
      const [fn, size, direction] = o.data!.split("|") as [string, string, string];
      kept.set(place, [...(kept.get(place) ?? []), { fn, size, direction, at: o.at }]);
    },
    finish() {
      for (const [field, all] of released)
        for (const unmapping of all) compare(a, unmapping, kept.get(field) ?? []);
    },
  };
};

/** The struct and field that a handle is kept in, or the array of handles; and the field that the struct is in. */
function fieldOf(value: Value, run: Interpreter, owner?: string): string | null {
  if (value.k !== "sym") return null;
  const array = /^(.*)\.(\d+|\[.*\]'?\d*)$/.exec(value.id);
  const id = array === null ? value.id : array[1]!;
  const name = id.slice(id.lastIndexOf(".") + 1);
  const field = run.fieldClass(id) ?? (owner === undefined ? null : `${owner}.${name}`);
  // two rings of one class keep handles of different kinds
  const struct = run.fieldClass(id.slice(0, id.length - name.length - 1));
  return field !== null && struct !== undefined ? `${struct}: ${field}` : field;
}

/** On this path; null if it was told here, or the mapping is known. */
function unmapped(a: Analysis, { name, args, node, state }: ApiCall, run: Interpreter): Unmapping | null {
  const m = /^(?:pci|dma)_unmap_(single|page)$/.exec(name);
  const handle = args[1];
  if (!m || handle?.k !== "sym") return null;
  const o = state.objs.get(handle.id);
  const at = run.span(node);
  const own: Unmapping = {
    fn: m[1]!,
    size: sizeKey(args[2]),
    direction: sizeKey(args[3]),
    at,
    name,
    kind: a.kind,
  };
  // what a driver keeps beside an element of an array (the skb is gone, so is the mapping) is forgotten when an unknown
  // element is written: then this may be a path that the driver never takes
  const stores = String(state.counts.get("elements") ?? 0);
  if (
    o?.kind === "dma" &&
    o.st === "unmapped" &&
    isElement((node as t.CallExpression).arguments[1]) &&
    o.data!.split("|")[3] !== stores
  )
    state.objs.delete(handle.id);
  else if (o?.kind === "dma" && o.st === "unmapped")
    a.reportAt("dma-double-unmap", at, `${name}() of a handle that is unmapped already`, a.kind, {
      related: [{ ...o.at, message: "it is unmapped here" }],
    });
  else if (o?.kind === "dma") {
    const [fn, size, direction] = o.data!.split("|") as [string, string, string];
    compare(a, own, [{ fn, size, direction, at: o.at }]);
  }
  const data = `${(o?.data ?? `${m[1]}|?|?`).split("|").slice(0, 3).join("|")}|${stores}`;
  state.objs.set(handle.id, { kind: "dma", st: "unmapped", at, data });
  return o === undefined ? own : null;
}

function isElement(node: t.Node | undefined): boolean {
  if (node?.type === "TSNonNullExpression") return isElement(node.expression);
  return node?.type === "MemberExpression" && node.computed;
}

/** Different from all ways in which it may have been mapped. */
function compare(a: Analysis, unmapping: Unmapping, mappings: readonly Mapping[]): void {
  const [first] = mappings;
  if (first === undefined) return;
  const all = (differs: (m: Mapping) => boolean): boolean => mappings.every(differs);
  const report = (rule: string, message: string): void =>
    a.reportAt(rule, unmapping.at, message, unmapping.kind, {
      related: [{ ...first.at, message: "it is mapped here" }],
    });
  if (all((m) => m.fn !== unmapping.fn))
    report("dma-func", `${unmapping.name}() of a handle from map_${first.fn}`);
  else if (all((m) => different(m.size, unmapping.size)))
    report("dma-size", `${unmapping.name}() with another size than was mapped`);
  else if (
    all(
      (m) =>
        /^\d$/.test(m.direction) && /^\d$/.test(unmapping.direction) && m.direction !== unmapping.direction,
    )
  )
    report("dma-dir", `${unmapping.name}() with another direction than was mapped`);
}

/** Certainly not the same: two numbers, or something and the same plus a number. */
function different(a: string, b: string): boolean {
  if (a === b || a === "?" || b === "?") return false;
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return true;
  const plus = (long: string, short: string): boolean =>
    long.startsWith(`(${short} + `) && /^\d+\)$|^const:\w+\)$/.test(long.slice(short.length + 4));
  return plus(a, b) || plus(b, a);
}
