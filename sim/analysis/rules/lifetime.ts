/** Devices, interrupts and memory from allocation to free. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { RelatedSpan } from "../finding.ts";
import { type ApiCall, type Interpreter, truth } from "../interp.ts";
import type { State, Tracked } from "../state.ts";
import { keyOf, type Value } from "../values.ts";

export const lifetime: CheckerFactory = (a) => {
  let requests: { call: ApiCall; related: RelatedSpan }[] = [];
  let frees = false;
  const installs = new Set<t.Node>();
  let requestedInOpen: RelatedSpan | null = null;
  let stopFrees: boolean | null = null;
  return {
    enter() {
      requests = [];
      frees = false;
    },
    call(call, run) {
      device(a, call, run);
      if (a.entry === null) return;
      if (call.name === "request_irq") installs.add(call.node);
      irq(a, call, run, installs.size);
      initOrder(a, call, run);
      if (call.name === "request_irq" && a.entry.role === "open")
        requests.push({
          call,
          related: { ...run.span(call.node), message: "the handler is installed here" },
        });
      if (call.name === "free_irq") frees = true;
    },
    called(call, result, run) {
      if (/^unregister_netdev/.test(call.name)) earlyFree(a, call, result.state, run);
    },
    load: (object, field, node, state, run) => touched(a, object, field, node, state, run),
    store(object, field, value, node, state, run) {
      touched(a, object, field, node, state, run);
      if (field === "destructor" && value.k === "fn")
        a.report(
          "life-destructor-module",
          node,
          run,
          "dev.destructor points into the module, which may be gone when the device is freed",
        );
    },
    exit: (value, state, node, run) => ended(a, value, state, node, run),
    left(complete) {
      if (a.entry?.role === "open" && requests[0]) requestedInOpen = requests[0].related;
      if (a.entry?.role === "stop" && complete) stopFrees = frees;
    },
    finish() {
      if (requestedInOpen && stopFrees === false)
        a.reportAt(
          "irq-free",
          requestedInOpen,
          "open installs this handler, and stop never calls free_irq()",
          "process",
        );
    },
  };
};

const since = (o: Tracked, what: string): RelatedSpan[] => [{ ...o.at, message: what }];

function device(a: Analysis, { name, args, node, state }: ApiCall, run: Interpreter): void {
  const dev = args[0];
  if (dev?.k !== "sym") return;
  const o = state.objs.get(dev.id);
  const report = (rule: string, message: string, also: string[] = []): void => {
    a.report(rule, node, run, message, {
      related: o ? since(o, `the device is ${o.st === "new" ? "allocated" : o.st} here`) : [],
      also,
    });
    // what follows from it is no second mistake
    state.objs.delete(dev.id);
  };
  switch (name) {
    case "register_netdev":
    case "register_netdevice":
      if (dev.t === "net_device" && dev.id.startsWith("new@"))
        report("life-alloc", "this device was not made by alloc_netdev() or alloc_etherdev()");
      if (o?.st === "registered") report("life-double-register", "the device is registered already");
      if (
        o?.st === "new" &&
        !unknownCopies(dev.id, state) &&
        missing(state.cells.get(`${dev.id}.hard_start_xmit`))
      )
        report("life-ops-set", "the device has no hard_start_xmit when it is registered");
      return;
    case "unregister_netdev":
    case "unregister_netdevice":
      if (o?.st === "new") report("life-unregister-state", "the device was never registered");
      if (o?.st === "unregistered" || o?.st === "unregistering")
        report("life-unregister-state", "the device is unregistered already");
      if (
        o?.st === "registered" &&
        o.data === "register_netdevice" &&
        state.held.some((h) => h.kind === "rtnl")
      )
        report("life-unregister-same-rtnl", "the device was registered in the same rtnl section");
      return;
    case "free_netdev":
      if (o?.st === "registered") report("life-free-registered", "the device is still registered");
      if (o?.st === "unregistering")
        report(
          "life-free-under-rtnl",
          "the device is freed before rtnl_unlock() has ended its unregistration",
        );
      if (o?.st === "freed") report("life-double-free", "the device is freed already");
      if (o === undefined && neverUnregistered(a))
        report("life-free-registered", "nobody unregisters the device before it is freed");
      if (state.held.some((h) => h.id.startsWith(`priv(${dev.id}).`))) {
        const held = state.held.find((h) => h.id.startsWith(`priv(${dev.id}).`))!;
        report("lock-free-held", `the device is freed with ${held.name} in it held`);
      }
      carrier(a, dev.id, node, state, run);
      return;
    case "netif_carrier_off":
    case "netif_carrier_on":
      if (o?.st === "new")
        state.objs.set(`carrier:${dev.id}`, { kind: "carrier", st: "fired", at: run.span(node) });
      return;
    case "kfree":
      if (dev.t === "net_device")
        report("life-kfree-netdev", "a net_device is freed by free_netdev(), not by kfree()");
      return;
    case "netdev_priv":
      if (o?.st === "freed") report("life-use-after-free", "netdev_priv() of a device that is freed");
      return;
    default:
  }
}

const missing = (value: Value | undefined): boolean => value === undefined || value.k === "null";

/** Fields may have been copied from something of which not all is known. */
function unknownCopies(dev: string, state: State): boolean {
  return state.objs.has(`copied:${dev}`);
}

function neverUnregistered(a: Analysis): boolean {
  const { uses } = a.model;
  const role = a.entry?.role;
  return (
    (role === "module_exit" || role === "remove") &&
    a.model.whole &&
    (uses.has("register_netdev") || uses.has("register_netdevice")) &&
    !uses.has("unregister_netdev") &&
    !uses.has("unregister_netdevice")
  );
}

function carrier(a: Analysis, dev: string, node: t.Node, state: State, run: Interpreter): void {
  const fired = state.objs.get(`carrier:${dev}`);
  if (!fired || state.objs.get(dev)?.st !== "new") return;
  a.report(
    "car-before-reg",
    node,
    run,
    "a carrier event was fired for the device, which is freed without having been registered",
    {
      related: since(fired, "linkwatch remembers the device from here on"),
      also: ["life-use-after-free"],
    },
  );
}

function touched(
  a: Analysis,
  object: Value,
  field: string,
  node: t.Node,
  state: State,
  run: Interpreter,
): void {
  if (object.k !== "sym" || a.entry === null) return;
  for (const [id, o] of state.objs) {
    if (o.kind !== "netdev" || o.st !== "freed") continue;
    if (object.id !== id && !object.id.startsWith(`priv(${id})`)) continue;
    a.report("life-use-after-free", node, run, `.${field} is used after free_netdev()`, {
      related: since(o, "the device is freed here"),
    });
  }
}

function irq(a: Analysis, { name, args, node, state }: ApiCall, run: Interpreter, installs: number): void {
  if (
    name === "request_irq" &&
    args[2]?.k === "num" &&
    (args[2].v & 0x04000000) !== 0 &&
    args[4]?.k === "null"
  )
    a.report("irq-shared-devid", node, run, "a shared line needs a dev_id of its own, not null");
  if (name === "free_irq") {
    const o = state.objs.get(`irq:${keyOf(args[0] ?? { k: "null" })}:${keyOf(args[1] ?? { k: "null" })}`);
    if (o?.st === "freed" && installs < 2)
      a.report("irq-double-free", node, run, "this handler is freed already", {
        related: since(o, "it is freed here"),
      });
  }
  if (a.entry?.role !== "interrupt" || !/^(disable_irq|free_irq|synchronize_irq)$/.test(name)) return;
  const line = args[0] ? keyOf(args[0]) : "";
  const handlers = a.entries.filter((e) => e.role === "interrupt");
  const own =
    line === "irq" || (handlers.length === 1 && /\.irq$/.test(line) && /\.irq$/.test(a.entry.starter ?? ""));
  if (own) a.report("irq-free-in-handler", node, run, `${name}() waits for this very handler to end`);
}

/** After register_netdev the device may be opened at once. */
function initOrder(a: Analysis, { name, args, node, state }: ApiCall, run: Interpreter): void {
  if (!/^(spin_lock_init|rwlock_init|mutex_init|init_timer|INIT_WORK|tasklet_init|init_MUTEX)$/.test(name))
    return;
  const role = a.entry?.role;
  const target = args[0];
  if ((role !== "module_init" && role !== "probe") || target?.k !== "sym") return;
  for (const [id, o] of state.objs) {
    if (o.kind !== "netdev" || o.st !== "registered" || !target.id.startsWith(`priv(${id}).`)) continue;
    a.report(
      "life-init-order",
      node,
      run,
      `${name}() after the device was registered: it may be open already`,
      {
        related: since(o, "the device is registered here"),
      },
    );
  }
}

/** What callbacks use must outlive the registration. */
function earlyFree(a: Analysis, call: ApiCall, state: State, run: Interpreter): void {
  const dev = call.args[0];
  if (dev?.k !== "sym" || (a.entry?.role !== "module_exit" && a.entry?.role !== "remove")) return;
  for (const [id, o] of state.objs) {
    if (o.kind !== "mem" || o.st !== "freed" || !id.startsWith(`priv(${dev.id}).`)) continue;
    a.reportAt(
      "life-priv-early-free",
      o.at,
      `this is freed while the device is still registered and its callbacks may use it`,
      a.kind,
      {
        related: [{ ...run.span(call.node), message: "the device is unregistered only here" }],
      },
    );
  }
}

function ended(a: Analysis, value: Value, state: State, node: t.Node, run: Interpreter): void {
  const role = a.entry!.role;
  const failed =
    value.k !== "null" &&
    value.k !== "fn" &&
    truth(value, state) === true &&
    (value.k !== "num" || value.v < 0);
  if (role === "stop" && value.k === "num" && value.v !== 0)
    a.report(
      "life-stop-cannot-fail",
      node,
      run,
      "nobody looks at what stop returns: the device counts as down",
    );
  if (role === "module_exit" || role === "remove") leaked(a, state, node, run);
  if (!failed) return;
  if (role === "open") unwound(a, state, node, run);
  if (role !== "module_init" && role !== "probe") return;
  const unknown = [...state.objs].some(
    ([id, o]) =>
      o.kind === "netdev" && (o.st === "freed" || o.st === "unregistered") && !id.startsWith("netdev@"),
  );
  for (const o of state.objs.values()) {
    if (o.kind === "netdev" && within(a, o) && (o.st === "new" || (o.st === "kept" && !unknown)))
      a.report("life-netdev-leak", node, run, "returns an error and has not freed the device", {
        related: since(o, "the device is allocated here"),
      });
    if (o.kind === "irq" && within(a, o) && o.st === "requested")
      a.report("irq-free", node, run, "returns an error and leaves the interrupt handler installed", {
        related: since(o, "the handler is installed here"),
      });
  }
}

/** Allocated in the entry point's own body: helpers may have their own arrangements. */
function within(a: Analysis, { at }: Tracked): boolean {
  const { fn } = a.entry!.fn;
  return at.file === fn.module.file && at.line >= fn.node.loc!.start.line && at.line <= fn.node.loc!.end.line;
}

/** Unregistered and never freed; a device that was found in a loop is not followed. */
function leaked(a: Analysis, state: State, node: t.Node, run: Interpreter): void {
  if (a.model.reassigned.has(".destructor")) return;
  const devices = [...state.objs].filter(([, o]) => o.kind === "netdev");
  if (devices.some(([, o]) => o.st === "freed")) return;
  for (const [id, o] of devices)
    if (o.st === "unregistered" && /^(m\d+|d\d+:\w+:\d+)\.\w+$/.test(id))
      a.report("life-netdev-leak", node, run, "returns and has not freed the device", {
        related: since(o, "the device is unregistered here"),
      });
}

function unwound(a: Analysis, state: State, node: t.Node, run: Interpreter): void {
  for (const o of state.objs.values()) {
    if (o.kind === "irq" && o.st === "requested")
      a.report(
        "life-open-fail-unwind",
        node,
        run,
        "open returns an error and leaves the interrupt handler installed",
        {
          related: since(o, "the handler is installed here"),
          also: ["irq-free"],
        },
      );
    if ((o.kind === "mem" || o.kind === "coherent") && o.st === "new")
      a.report("life-open-fail-unwind", node, run, "open returns an error and loses this memory", {
        related: since(o, "it is allocated here"),
      });
  }
}
