/** hard_start_xmit and its queue: return codes, what becomes of the skb, who starts and stops. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory, Details } from "../checker.ts";
import { before } from "../fixes.ts";
import { type Interpreter, truth } from "../interp.ts";
import type { State } from "../state.ts";
import type { Value } from "../values.ts";

/** Called by a tx_timeout that only reports. */
const HARMLESS =
  /^(printk|printk_ratelimit|netdev_priv|netif_carrier_ok|netif_queue_stopped|netif_running|netif_device_present|jiffies|netif_msg_\w+)$/;

export const transmit: CheckerFactory = (a) => {
  let acts = false;
  const timeouts: { node: t.Node; run: Interpreter }[] = [];
  return {
    enter() {
      acts = false;
      timeouts.length = 0;
    },
    call(call, run) {
      const { name, args, node, state } = call;
      const role = a.entry?.role;
      if (role === undefined) return;
      if (role === "tx_timeout" && !HARMLESS.test(name)) acts = true;
      if (/^netif_(start|wake)_queue$/.test(name) && (role === "module_init" || role === "probe"))
        early(a, name, args[0], node, state, run);
      if (name === "netif_start_queue" && /^(interrupt|poll|tx_timeout|timer|tasklet)$/.test(role))
        a.report(
          "txq-start-vs-wake",
          node,
          run,
          "netif_start_queue() does not restart what waits in the queue: use netif_wake_queue()",
          {
            fixes: renamed(node, run, "netif_wake_queue"),
          },
        );
      if (name === "dev_queue_xmit" && role === "hard_start_xmit") recursion(a, args[0], node, state, run);
    },
    store(object, field, _value, _node, state, run) {
      if (
        a.entry?.role === "tx_timeout" &&
        !/^(tx_errors|trans_start|tx_dropped|errors|timeouts)$/.test(field)
      )
        acts = true;
      if (field === "trans_start")
        state.objs.set("trans_start", { kind: "mark", st: "set", at: run.span(_node) });
      void object;
    },
    exit(value, state, node, run) {
      if (a.entry?.role === "hard_start_xmit") returned(a, value, state, node, run);
      if (a.entry?.role === "tx_timeout") timeouts.push({ node, run });
    },
    left(complete) {
      if (a.entry?.role !== "tx_timeout" || !complete || acts || timeouts.length === 0) return;
      const { fn } = a.entry.fn;
      const at = timeouts[0]!.run.model.modules.get(fn.module.file)!;
      const { start, end } = ("id" in fn.node && fn.node.id ? fn.node.id : fn.node).loc!;
      a.reportAt(
        "txq-timeout-recover",
        {
          file: at.file,
          line: start.line,
          column: start.column + 1,
          endLine: end.line,
          endColumn: end.column + 1,
        },
        `${fn.name}() neither resets, reclaims nor wakes the queue, nor schedules work that does`,
        "softirq",
      );
    },
  };
};

function renamed(node: t.Node, run: Interpreter, text: string): NonNullable<Details["fixes"]> {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return [];
  return [{ title: `Use ${text}`, edits: [{ ...run.span(node.callee), text }] }];
}

function early(
  a: Analysis,
  name: string,
  dev: Value | undefined,
  node: t.Node,
  state: State,
  run: Interpreter,
): void {
  if (dev?.k !== "sym" || state.objs.get(dev.id)?.st !== "new") return;
  a.report("txq-start-early", node, run, `${name}() before the device is registered and open`);
}

function recursion(a: Analysis, skb: Value | undefined, node: t.Node, state: State, run: Interpreter): void {
  if (skb?.k !== "sym") return;
  const dev = state.cells.get(`${skb.id}.dev`);
  const own = dev === undefined ? skb.id === "skb" : dev.k === "sym" && dev.id === "dev";
  if (own) a.report("ctx-recursion-xmit", node, run, "dev_queue_xmit() on the device that is transmitting");
}

function returned(a: Analysis, value: Value, state: State, node: t.Node, run: Interpreter): void {
  const skb = state.objs.get("skb");
  if (value.k === "null" || (value.k === "num" && value.v === 0)) {
    taken(a, state, node, run);
    return;
  }
  if (truth(value, state) !== true && value.k !== "num") return;
  const text = value.k === "num" ? (value.name ?? String(value.v)) : "an errno";
  const related = skb
    ? [
        {
          ...skb.at,
          message:
            skb.st === "borrowed"
              ? "the skb comes from here"
              : `the skb is ${skb.st === "kept" ? "kept" : "consumed"} here`,
        },
      ]
    : [];
  const free = skb?.st === "freed" || skb?.st === "given";
  if (free)
    a.report(
      "skb-free-then-busy",
      node,
      run,
      `returns ${text} after the skb was freed: the core queues it again`,
      { related, also: isErrno(value) ? ["skb-errno-ret"] : [] },
    );
  if (skb?.st === "kept")
    a.report("skb-busy-kept", node, run, `returns ${text} and keeps the skb, which the core queues again`, {
      related,
    });
  if (isErrno(value)) {
    if (!free)
      a.report(
        "skb-errno-ret",
        node,
        run,
        `hard_start_xmit returns ${text}: only NETDEV_TX_OK, NETDEV_TX_BUSY and NETDEV_TX_LOCKED mean anything`,
      );
    return;
  }
  if (value.k !== "num") return;
  if (value.v === -1 && !a.lltx) {
    a.report(
      "txq-locked-no-lltx",
      node,
      run,
      "NETDEV_TX_LOCKED without NETIF_F_LLTX counts as BUSY: take the lock instead",
    );
    return;
  }
  if (value.v !== 1 || free) return;
  if (state.objs.get("queue")?.st === "stopped" || stoppedTested(state)) return;
  a.report(
    "txq-busy-nostop",
    node,
    run,
    "returns NETDEV_TX_BUSY without stopping the queue: the core tries again at once",
    {
      fixes: [
        {
          title: "Stop the queue before returning NETDEV_TX_BUSY",
          edits: before(node, run, `netif_stop_queue(${deviceName(a)});`),
        },
      ],
    },
  );
}

function deviceName(a: Analysis): string {
  const param = a.entry!.fn.fn.node.params[1];
  return param?.type === "Identifier" ? param.name : "dev";
}

function stoppedTested(state: State): boolean {
  return [...state.facts].some(([key, is]) => is && key.startsWith("netif_queue_stopped"));
}

function isErrno(value: Value): boolean {
  if (value.k === "sym") return value.id.startsWith("errno:") || /^\(-/.test(value.id);
  return value.k === "num" && value.v !== 1 && value.v !== -1 && value.v !== 0;
}

function taken(a: Analysis, state: State, node: t.Node, run: Interpreter): void {
  const skb = state.objs.get("skb");
  if (skb?.st === "borrowed" && !a.entry!.fn.fn.closes)
    a.report(
      "skb-leak-tx",
      node,
      run,
      "returns NETDEV_TX_OK and has neither kept nor freed the skb: it is lost",
      {
        also: ["skb-ok-not-taken"],
      },
    );
  const watched = a.entries.some((e) => e.role === "tx_timeout");
  if (skb?.st === "kept" && watched && !state.objs.has("trans_start"))
    a.report(
      "txq-trans-start",
      node,
      run,
      "a packet was queued and dev.trans_start is not set: the watchdog counts from an old time",
    );
}
