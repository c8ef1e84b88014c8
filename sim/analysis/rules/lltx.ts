/** Drivers that lock their transmit path themselves (NETIF_F_LLTX): the core's xmit_lock is not there for them. */

import { lockOf } from "../api/effects.ts";
import { lockCall } from "../api/table.ts";
import type { CheckerFactory } from "../checker.ts";
import { SPINNING } from "../describe.ts";
import type { ContextKind } from "../entries.ts";
import type { RelatedSpan, Span } from "../finding.ts";
import type { Interpreter } from "../interp.ts";
import type { State } from "../state.ts";
import type { Value } from "../values.ts";

interface Touch {
  readonly what: string;
  readonly name: string;
  readonly span: Span;
  readonly kind: ContextKind;
  readonly related: readonly RelatedSpan[];
}

/** Callbacks that xmit_lock, or the end of transmission, would keep apart from hard_start_xmit. */
const OTHERS = /^(set_multicast_list|tx_timeout|stop)$/;

export const lltx: CheckerFactory = (a) => {
  /** What hard_start_xmit changes under a lock of its own. */
  const guarded = new Set<string>();
  const touched: Touch[] = [];
  return {
    call({ name, args, state, node }, run) {
      if (!a.lltx || a.entry === null || !OTHERS.test(a.entry.role)) return;
      const lock = lockCall(name);
      if (lock === null || lock.what === "unlock") return;
      if (lockOf(args[0]!, lock.kind, run).cls !== "xmit_lock")
        state.objs.set("took lock", { kind: "mark", st: "taken", at: run.span(node) });
    },
    store(object, field, _value, node, state, run) {
      if (!a.lltx || a.entry === null) return;
      const what = shared(object, field, run);
      if (what === null) return;
      const own = state.held.some((h) => SPINNING.has(h.kind) && h.kind !== "xmit" && h.kind !== "base");
      if (a.entry.role === "hard_start_xmit") {
        if (own) guarded.add(what);
        else if (isElement(field) && !tried(state))
          a.report(
            "txq-lltx-self-lock",
            node,
            run,
            "hard_start_xmit changes its ring without a lock, and with NETIF_F_LLTX the core takes none",
          );
      } else if (OTHERS.test(a.entry.role) && !own && !state.objs.has("took lock"))
        touched.push({
          what,
          name: a.entry.fn.fn.name,
          span: run.span(node),
          kind: a.kind,
          related: a.way(run),
        });
    },
    finish() {
      for (const { what, name, span, kind, related } of touched)
        if (guarded.has(what))
          a.reportAt(
            "lock-private-tx-lltx",
            span,
            `${name}() changes what hard_start_xmit changes, without the lock that it takes: with NETIF_F_LLTX both run at once`,
            kind,
            { related },
          );
    },
  };
};

const isElement = (field: string): boolean => /^(\d+$|\[)/.test(field);

/** A name for a field of the driver's private data, or for the elements of an array there; null for anything else. */
function shared(object: Value, field: string, run: Interpreter): string | null {
  if (
    object.k !== "sym" ||
    /(^|\.)stats$/.test(object.id) ||
    /(_packets|_bytes|_errors|_dropped|trans_start)$/.test(field)
  )
    return null;
  if (isElement(field)) return run.fieldClass(object.id) ?? null;
  if (!object.id.startsWith("priv(")) return null;
  return run.fieldClass(`${object.id}.${field}`) ?? (object.t ? `${object.t}.${field}` : null);
}

/** A lock was tried on this path: what holds then is a matter of the result. */
const tried = (state: State): boolean => [...state.facts].some(([key]) => key.includes("trylock"));
