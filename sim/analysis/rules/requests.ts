/** What user space asks of a driver, and what the driver answers: ioctl, statistics, suspend. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { ContextKind, Role } from "../entries.ts";
import type { Span } from "../finding.ts";
import type { Interpreter } from "../interp.ts";
import type { State } from "../state.ts";
import { keyOf, type Value } from "../values.ts";

interface Late {
  readonly field: string;
  readonly span: Span;
  readonly kind: ContextKind;
}

export const requests: CheckerFactory = (a) => {
  /** Callbacks that request an interrupt line, and frees of one in suspend that nothing guards. */
  const requesters = new Set<Role>();
  const unguarded: Omit<Late, "field">[] = [];
  /** Fields that stop sets to null, and what get_stats takes out of such fields. */
  const cleared = new Set<string>();
  const summed: Late[] = [];
  return {
    call(call, run) {
      if (a.entry === null) return;
      const { role } = a.entry;
      if (call.name === "request_irq") requesters.add(role);
      if (call.name === "free_irq" && role === "suspend" && !knowsRunning(call.state))
        unguarded.push({ span: run.span(call.node), kind: a.kind });
    },
    load(object, _field, node, state, run) {
      if (a.entry?.role !== "get_stats" || object.k !== "sym" || object.object) return;
      const of = run.fieldClass(object.id);
      if (of === undefined || state.facts.get(object.id) === true || knowsRunning(state)) return;
      summed.push({ field: of, span: run.span(node), kind: a.kind });
    },
    store(object, field, value, node, state, run) {
      if (a.entry === null || object.k !== "sym") return;
      const { role } = a.entry;
      if (role === "get_stats") scratch(a, object, field, value, node, state, run);
      if (role === "stop" && value.k === "null") {
        const of = run.fieldClass(`${object.id}.${field}`) ?? (object.t && `${object.t}.${field}`);
        if (of) cleared.add(of);
      }
    },
    exit(value, _state, node, run) {
      if (a.entry?.role === "do_ioctl" && value.k === "num" && value.v > 0)
        a.report(
          "ioctl-ret",
          node,
          run,
          `do_ioctl returns ${value.name ?? value.v}: 0, or a negative errno (-EOPNOTSUPP for what it does not know)`,
        );
    },
    finish() {
      // who requests the line in probe holds it whether the interface is up or not
      if (requesters.has("open") && !requesters.has("probe"))
        for (const { span, kind } of unguarded)
          a.reportAt(
            "pm-suspend-running",
            span,
            "suspend frees the interrupt line of a device that may be down: test netif_running()",
            kind,
          );
      for (const { field, span, kind } of summed)
        if (cleared.has(field))
          a.reportAt(
            "stat-down",
            span,
            `get_stats uses ${field}, which is null after stop: test it, or netif_running()`,
            kind,
          );
    },
  };
};

const knowsRunning = (state: State): boolean =>
  [...state.facts].some(([key]) => /netif_running|IFF_UP|\.flags|netif_device_present/.test(key));

/** A counter of the statistics gets one value and then another, while others read it. */
function scratch(
  a: Analysis,
  object: Extract<Value, { k: "sym" }>,
  field: string,
  value: Value,
  node: t.Node,
  state: State,
  run: Interpreter,
): void {
  if (!/_(packets|bytes|errors|dropped)$|^(multicast|collisions)$/.test(field)) return;
  if (!/^(priv\(|dev\b)/.test(object.id)) return;
  const key = `counter:${object.id}.${field}`;
  const first = state.objs.get(key);
  if (first?.st === "overwritten")
    a.report("stat-temp", node, run, `${field} is changed again: readers see it go up and down`, {
      related: [{ ...first.at, message: "it gets a value in between here" }],
    });
  const grows = keyOf(value).includes(`${object.id}.${field}`);
  state.objs.set(key, { kind: "mark", st: grows ? "grown" : "overwritten", at: run.span(node) });
}
