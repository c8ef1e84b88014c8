/** NAPI of the 2.6 kind: preparing, scheduling, completing, and what poll returns. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory } from "../checker.ts";
import { type Interpreter, truth } from "../interp.ts";
import type { State } from "../state.ts";
import type { Value } from "../values.ts";

export const napi: CheckerFactory = (a) => ({
  call(call, run) {
    if (a.entry === null) return;
    const { name, node, state } = call;
    const before = state.objs.get("napi");
    if (name === "__netif_rx_schedule" && before?.st !== "prepared")
      a.report(
        "napi-prep",
        node,
        run,
        "__netif_rx_schedule() without netif_rx_schedule_prep() having given 1",
      );
    if (/^(__)?netif_rx_complete$/.test(name) && before?.st === "completed")
      a.report("napi-complete-once", node, run, `${name}() a second time`, {
        related: [{ ...before.at, message: "polling is completed here" }],
      });
    if (name === "netif_poll_disable" && !a.model.uses.has("netif_poll_enable"))
      a.report(
        "napi-poll-disable",
        node,
        run,
        "nobody calls netif_poll_enable(): polling stays off, and the next ifdown hangs",
      );
    if (/^register_netdev(ice)?$/.test(name)) weight(a, call.args[0], node, state, run);
  },
  store(_object, field, _value, node, state, run) {
    if (a.entry?.role !== "poll") return;
    if (field === "quota") state.objs.set("acct:quota", { kind: "mark", st: "set", at: run.span(node) });
    if (field === "v") state.objs.set("acct:budget", { kind: "mark", st: "set", at: run.span(node) });
  },
  exit(value, state, node, run) {
    const st = state.objs.get("napi");
    if (st?.st === "prepared")
      a.report(
        "napi-prep-only",
        node,
        run,
        "netif_rx_schedule_prep() gave 1, and nothing is scheduled: poll never runs again",
        {
          related: [{ ...st.at, message: "polling is claimed here" }],
        },
      );
    if (a.entry?.role === "poll") polled(a, value, state, node, run);
  },
});

function weight(a: Analysis, dev: Value | undefined, node: t.Node, state: State, run: Interpreter): void {
  if (dev?.k !== "sym" || state.objs.get(dev.id)?.st !== "new") return;
  const poll = state.cells.get(`${dev.id}.poll`);
  const value = state.cells.get(`${dev.id}.weight`);
  if (poll?.k === "fn" && (value === undefined || (value.k === "num" && value.v <= 0)))
    a.report("napi-weight", node, run, "dev.poll is set and dev.weight is 0: poll never gets a quota");
}

function polled(a: Analysis, value: Value, state: State, node: t.Node, run: Interpreter): void {
  // it may have been scheduled again since
  const completed = state.objs.has("napi-done");
  const returns = value.k === "null" ? false : truth(value, state);
  if (returns === false && !completed)
    a.report(
      "napi-ret-done",
      node,
      run,
      "poll returns 0 without netif_rx_complete(): the device stays on the list, its reference is put",
    );
  if (returns === true && completed)
    a.report(
      "napi-ret-more",
      node,
      run,
      "poll returns non-zero after netif_rx_complete(): the device is on no list any more",
      {
        related: [{ ...state.objs.get("napi-done")!.at, message: "polling is completed here" }],
      },
    );
  const delivered = [...state.objs.values()].some((o) => o.kind === "skb" && o.data === "netif_receive_skb");
  if (!delivered) return;
  const missing = [
    ...(state.objs.has("acct:quota") ? [] : ["dev.quota"]),
    ...(state.objs.has("acct:budget") ? [] : ["the budget"]),
  ];
  if (missing.length > 0)
    a.report(
      "napi-accounting",
      node,
      run,
      `poll delivered packets and does not subtract them from ${missing.join(" and ")}`,
    );
}
