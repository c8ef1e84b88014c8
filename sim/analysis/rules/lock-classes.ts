/** Lock classes over the whole model: order, and locks that a handler takes while others hold them with interrupts on. */
import { lockOf } from "../api/effects.ts";
import { lockCall } from "../api/table.ts";
import type { Analysis, CheckerFactory } from "../checker.ts";
import { SPINNING } from "../describe.ts";
import type { ContextKind, Entry } from "../entries.ts";
import type { RelatedSpan, Span } from "../finding.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import type { Held } from "../state.ts";

interface Use {
  readonly cls: string;
  readonly name: string;
  readonly span: Span;
  readonly entry: Entry;
  readonly kind: ContextKind;
  readonly irqOff: boolean;
  readonly bhOff: boolean;
  readonly spins: boolean;
  readonly shared: boolean;
  /** Interrupts of the device can come here, as far as this path tells. */
  readonly live: boolean;
}

interface Edge {
  readonly from: Held;
  readonly to: string;
  readonly toName: string;
  readonly span: Span;
  readonly guards: ReadonlySet<string>;
  readonly entry: Entry;
  readonly shared: boolean;
}

/** Callbacks that begin before, or end after, anything else of the device runs. */
const EDGE_ROLES: ReadonlySet<Entry["role"]> = new Set([
  "open",
  "stop",
  "module_init",
  "module_exit",
  "probe",
  "remove",
  "suspend",
  "resume",
]);

export const lockClasses: CheckerFactory = (a) => {
  const uses: Use[] = [];
  const edges: Edge[] = [];
  const seen = new Set<string>();
  return {
    call(call, run) {
      if (a.entry === null) return;
      if (call.name === "netif_receive_skb") answered(a, call, run, edges);
      const lock = lockCall(call.name);
      if (!lock || lock.what === "unlock" || lock.kind === "mutex" || lock.kind === "semaphore") return;
      record(a, call, run, uses, edges, seen);
    },
    finish() {
      // the interrupt handler is the stronger reason
      const spinners = [...uses].sort((x, y) => Number(y.kind === "hardirq") - Number(x.kind === "hardirq"));
      for (const use of uses) inHandler(a, use, spinners);
      for (const edge of edges) order(a, edge, edges);
    },
  };
};

function record(
  a: Analysis,
  call: ApiCall,
  run: Interpreter,
  uses: Use[],
  edges: Edge[],
  seen: Set<string>,
): void {
  const { state, node, name } = call;
  const lock = lockCall(name)!;
  const { cls, name: text, id, kind } = lockOf(call.args[0]!, lock.kind, run);
  if (cls === null) return;
  const span = run.span(node);
  const entry = a.entry!;
  const irqOff = state.irqOff || lock.variant === "irq" || lock.variant === "irqsave";
  const bhOff = irqOff || lock.variant === "bh" || state.bh > 0 || a.kind === "softirq";
  const live = isLive(entry, state.objs);
  const shared = lock.kind === "read";
  const key = `${span.file}:${span.line}:${span.column}:${entry.fn.fn.node.start}:${entry.role}:${cls}:${irqOff}:${bhOff}:${live}:${state.held.map((h) => h.cls).join()}`;
  if (seen.has(key)) return;
  seen.add(key);
  uses.push({
    cls,
    name: text,
    span,
    entry,
    kind: a.kind,
    irqOff,
    bhOff,
    spins: lock.what === "lock",
    shared,
    live,
  });
  if (lock.what !== "lock") return;
  for (const from of state.held) {
    if (from.cls === null || from.cls === cls || from.id === id) continue;
    if (!SPINNING.has(from.kind) || !SPINNING.has(kind)) continue;
    const guards = new Set(
      state.held
        .filter((h) => h !== from && h.kind !== "base")
        .map((h) => (h.id === "rtnl" ? "rtnl" : (h.cls ?? h.id))),
    );
    edges.push({ from, to: cls, toName: text, span, guards, entry, shared });
  }
}

/** The stack may answer a packet at once, through hard_start_xmit and xmit_lock. */
function answered(a: Analysis, { state, node }: ApiCall, run: Interpreter, edges: Edge[]): void {
  for (const from of state.held) {
    if (from.cls === null || from.at === null || from.kind === "xmit" || !SPINNING.has(from.kind)) continue;
    const to = { to: "xmit_lock", toName: "dev.xmit_lock" };
    edges.push({ from, ...to, span: run.span(node), guards: new Set(), entry: a.entry!, shared: false });
  }
}

/** Can the device's handler interrupt this? Not before it is installed, nor after it is removed, nor with its line off. */
function isLive(entry: Entry, objs: ApiCall["state"]["objs"]): boolean {
  const states = [...objs.values()].filter((o) => o.kind === "irq").map((o) => o.st);
  if (states.includes("disabled")) return false;
  if (EDGE_ROLES.has(entry.role)) {
    if (entry.role === "stop") return !states.includes("freed");
    return states.includes("requested");
  }
  return !states.includes("freed");
}

function inHandler(a: Analysis, held: Use, uses: readonly Use[]): void {
  for (const spin of uses) {
    if (spin.cls !== held.cls || !spin.spins || (held.shared && spin.shared)) continue;
    const related: RelatedSpan[] = [
      { ...spin.span, message: `${spin.entry.fn.fn.name}() takes ${spin.name} here, as ${spin.entry.role}` },
    ];
    if (spin.entry.role === "interrupt" && held.kind !== "hardirq" && !held.irqOff && held.live) {
      const rw = held.shared || spin.shared ? ["lock-rw-irq"] : [];
      const special =
        held.kind === "softirq" && held.entry.role === "poll"
          ? ["napi-lock-poll"]
          : held.entry.role === "get_stats"
            ? ["stat-lock-type"]
            : [];
      a.reportAt(
        "lock-irq-self",
        held.span,
        `${held.name} is taken with interrupts on, and the interrupt handler takes it, too`,
        held.kind,
        { related, also: [...rw, ...special] },
      );
      return;
    }
    const softirq = spin.kind === "softirq";
    if (
      softirq &&
      held.kind === "process" &&
      !held.bhOff &&
      !held.irqOff &&
      !EDGE_ROLES.has(held.entry.role)
    ) {
      a.reportAt(
        "lock-bh-self",
        held.span,
        `${held.name} is taken with bottom halves on, and ${spin.entry.fn.fn.name}() takes it in softirq`,
        held.kind,
        {
          related,
          also: held.entry.role === "get_stats" ? ["stat-lock-type"] : [],
        },
      );
      return;
    }
  }
}

function order(a: Analysis, edge: Edge, edges: readonly Edge[]): void {
  if (edge.entry.role === "module_init" || edge.entry.role === "module_exit") return;
  for (const back of edges) {
    if (back.from.cls !== edge.to || back.to !== edge.from.cls) continue;
    if (back.entry.role === "module_init" || back.entry.role === "module_exit") continue;
    if ([...edge.guards].some((g) => back.guards.has(g))) continue;
    if (edge.shared && back.shared) continue;
    // one report for the pair, at the later place
    if (edge.span.file === back.span.file && edge.span.line < back.span.line) continue;
    a.reportAt(
      "lock-order",
      edge.span,
      `${edge.toName} is taken under ${edge.from.name}, elsewhere the other way round`,
      "process",
      {
        // called with xmit_lock held, it must not take what others hold around it
        also:
          edge.entry.role === "tx_timeout" && /\bxmit_lock$/.test(edge.from.name)
            ? ["txq-timeout-context"]
            : [],
        related: [
          ...(edge.from.at ? [{ ...edge.from.at, message: `${edge.from.name} is taken here` }] : []),
          ...(back.from.at
            ? [{ ...back.from.at, message: `elsewhere, ${back.from.name} is taken first, here` }]
            : []),
          { ...back.span, message: `and then ${back.toName}, here` },
        ],
      },
    );
    return;
  }
}
