/** What a call of the kernel's API does to the path that makes it. */
import type { ApiCall, Interpreter, Result } from "../interp.ts";
import type { Held, LockKind, State } from "../state.ts";
import { FALSE, keyOf, num, TRUE, UNDEFINED, type Value } from "../values.ts";
import { ALLOCATES, FREES_SKB, GIVES_SKB_UP, type LockCall, lockCall } from "./table.ts";

type Effect = (call: ApiCall, run: Interpreter) => Result[];

const one = (state: State, value: Value = UNDEFINED): Result[] => [{ state, value }];

export function callApi(call: ApiCall, run: Interpreter): Result[] {
  const lock = lockCall(call.name);
  if (lock) return locking(lock, call, run);
  if (call.name in ALLOCATES) return allocate(call, run);
  if (FREES_SKB.has(call.name)) return setState(call, run, 0, "skb", "freed");
  if (GIVES_SKB_UP.has(call.name))
    return setState(call, run, 0, "skb", "given").map((r) => ({
      ...r,
      value: run.fresh(r.state, call.node, call.name),
    }));
  const effect = EFFECTS[call.name];
  return effect ? effect(call, run) : one(call.state, unknownResult(call, run));
}

function unknownResult({ name, args, node, state }: ApiCall, run: Interpreter): Value {
  // the value of a pure question about the same thing is the same, unless time passes
  if (name === "netif_running" || name === "netif_carrier_ok")
    return { k: "sym", id: `${name}(${args.map(keyOf).join()})` };
  return run.fresh(state, node, name);
}

// ---- locks --------------------------------------------------------------------------------------------------------

/** The lock that a value means. */
export function lockOf(
  value: Value,
  kind: LockKind,
  run: Interpreter,
): Pick<Held, "id" | "cls" | "name" | "kind"> {
  const id = keyOf(value);
  const field = id.slice(id.lastIndexOf(".") + 1);
  if (field === "xmit_lock") return { id, cls: "xmit_lock", name: "dev.xmit_lock", kind: "xmit" };
  if (field === "queue_lock") return { id, cls: "queue_lock", name: "dev.queue_lock", kind };
  if (id === "api:dev_base_lock") return { id, cls: "dev_base_lock", name: "dev_base_lock", kind: "base" };
  const cls = value.k === "sym" ? run.fieldClass(value.id) : undefined;
  if (cls) return { id, cls, name: cls, kind };
  if (/^m\d+\.\w+$/.test(id)) return { id, cls: id, name: field, kind };
  return { id, cls: null, name: /^\w+$/.test(field) ? field : "the lock", kind };
}

function locking(lock: LockCall, call: ApiCall, run: Interpreter): Result[] {
  const { args, state } = call;
  const target = args[0] ?? UNDEFINED;
  if (lock.what === "unlock") return unlock(lock, target, args[1], call, run);
  if (lock.what === "lock") return one(state, acquire(lock, target, call, run, state));
  const failed = state.clone();
  const value = acquire(lock, target, call, run, state);
  const failure = lock.variant === "irqsave" ? UNDEFINED : FALSE;
  return [
    { state, value: lock.variant === "irqsave" ? value : TRUE },
    { state: failed, value: failure },
  ];
}

function acquire(lock: LockCall, target: Value, call: ApiCall, run: Interpreter, state: State): Value {
  let value: Value = UNDEFINED;
  if (lock.variant === "irqsave") value = saveFlags(call, run, state);
  if (lock.variant === "irq" || lock.variant === "irqsave") state.irqOff = true;
  if (lock.variant === "bh") state.bh++;
  const held: Held = { ...lockOf(target, lock.kind, run), variant: lock.variant, at: run.span(call.node) };
  state.held = [...state.held, held];
  return value;
}

function saveFlags(call: ApiCall, run: Interpreter, state: State): Value {
  return { ...run.fresh(state, call.node, "flags"), saved: state.irqOff, object: true };
}

function unlock(
  lock: LockCall,
  target: Value,
  flags: Value | undefined,
  call: ApiCall,
  run: Interpreter,
): Result[] {
  const { state } = call;
  const { id } = lockOf(target, lock.kind, run);
  const index = state.held.map((h) => h.id).lastIndexOf(id);
  if (index >= 0) state.held = state.held.filter((_, i) => i !== index);
  if (lock.variant === "irq") state.irqOff = false;
  if (lock.variant === "irqsave") restoreFlags(flags, state);
  if (lock.variant === "bh") state.bh = Math.max(0, state.bh - 1);
  return one(state);
}

function restoreFlags(flags: Value | undefined, state: State): void {
  state.irqOff = flags?.k === "sym" && flags.saved !== undefined ? flags.saved : false;
}

const hold = (call: ApiCall, run: Interpreter, held: Omit<Held, "at" | "variant">): void => {
  call.state.held = [...call.state.held, { ...held, variant: "plain", at: run.span(call.node) }];
};

const RTNL = { id: "rtnl", cls: "rtnl", name: "rtnl", kind: "rtnl" } as const;

function drop(state: State, id: string): void {
  const index = state.held.map((h) => h.id).lastIndexOf(id);
  if (index >= 0) state.held = state.held.filter((_, i) => i !== index);
}

// ---- objects ------------------------------------------------------------------------------------------------------

function allocate(call: ApiCall, run: Interpreter): Result[] {
  const { name, args, node, state } = call;
  const kind = ALLOCATES[name]!;
  const origin = { api: name, node, file: run.file };
  const failed: Result = { state: state.clone(), value: { k: "null", from: origin } };
  const fresh = run.fresh(state, node, kind);
  if (kind === "coherent") {
    const pair: Value = { ...fresh, object: true };
    const cpu: Value = { k: "sym", id: `${fresh.id}.ring`, object: true, from: origin };
    state.cells.set(`${pair.id}.cpu`, cpu);
    state.objs.set(cpu.id, { kind: "coherent", st: "new", at: run.span(node) });
    failed.state.cells.set(`${pair.id}.cpu`, { k: "null", from: origin });
    return [
      { state, value: pair },
      { state: failed.state, value: pair },
    ];
  }
  const type =
    kind === "netdev"
      ? "net_device"
      : kind === "skb"
        ? "sk_buff"
        : args[0]?.k === "class"
          ? args[0].cls.name
          : undefined;
  const value: Value = { ...fresh, object: true, from: origin, ...(type ? { t: type } : {}) };
  state.objs.set(value.id, { kind, st: "new", at: run.span(node) });
  if (kind === "netdev" && args[0]?.k === "class") run.privTypes.set(value.id, args[0].cls.name);
  const setup = name === "alloc_netdev" ? args[2] : undefined;
  if (setup?.k !== "fn") return [{ state, value }, failed];
  return [
    ...run.invoke(setup, [value], node, state, undefined).map((r) => ({ state: r.state, value })),
    failed,
  ];
}

function setState(call: ApiCall, run: Interpreter, index: number, kind: string, st: string): Result[] {
  const target = call.args[index];
  if (target?.k === "sym")
    call.state.objs.set(target.id, { kind, st, at: run.span(call.node), data: call.name });
  return one(call.state);
}

/** Splits the path: the call succeeds, or it fails and changes nothing. */
function mayFail(call: ApiCall, run: Interpreter, succeed: (state: State) => void): Result[] {
  if (run.ignored === call.node) {
    // whoever does not look counts on success
    succeed(call.state);
    return one(call.state, num(0));
  }
  const failed = call.state.clone();
  succeed(call.state);
  return [
    { state: call.state, value: num(0) },
    { state: failed, value: run.failure(call) },
  ];
}

const irqKey = (args: readonly Value[], devId: number): string =>
  `irq:${keyOf(args[0] ?? UNDEFINED)}:${keyOf(args[devId] ?? UNDEFINED)}`;

const napi = (call: ApiCall, run: Interpreter, st: string): void => {
  call.state.objs.set("napi", { kind: "napi", st, at: run.span(call.node) });
};

const queue =
  (st: string): Effect =>
  (call, run) => {
    call.state.objs.set("queue", { kind: "queue", st, at: run.span(call.node) });
    return one(call.state);
  };

const timerState =
  (st: string): Effect =>
  (call, run) => {
    const target = call.args[0];
    if (target?.k === "sym")
      call.state.objs.set(target.id, { kind: "timer", st, at: run.span(call.node), data: call.name });
    return one(call.state, run.fresh(call.state, call.node, call.name));
  };

const workState =
  (st: string): Effect =>
  (call, run) => {
    const target = call.args[0];
    if (target?.k === "sym") call.state.objs.set(target.id, { kind: "work", st, at: run.span(call.node) });
    return one(call.state, run.fresh(call.state, call.node, call.name));
  };

/** The arguments are kept by somebody: no longer this path's alone. */
function keep(call: ApiCall, run: Interpreter): Result[] {
  for (const arg of call.args) run.escape(arg, call.node, call.state);
  return one(call.state, call.args[0]);
}

const EFFECTS: Readonly<Record<string, Effect>> = {
  rtnl_lock: (call, run) => {
    hold(call, run, RTNL);
    return one(call.state);
  },
  rtnl_unlock: ({ state }) => {
    drop(state, "rtnl");
    // netdev_run_todo
    for (const [id, o] of state.objs) {
      if (o.st === "unregistering") state.objs.set(id, { ...o, st: "unregistered" });
      if (o.st === "registered") state.objs.set(id, { ...o, data: "register_netdev" });
    }
    return one(state);
  },
  rtnl_trylock: (call, run) => {
    const failed = call.state.clone();
    hold(call, run, RTNL);
    return [
      { state: call.state, value: TRUE },
      { state: failed, value: FALSE },
    ];
  },
  mutex_lock_interruptible: (call, run) =>
    mayFail(
      call,
      run,
      (state) =>
        void acquire({ kind: "mutex", what: "lock", variant: "plain" }, call.args[0]!, call, run, state),
    ),
  down_interruptible: (call, run) =>
    mayFail(
      call,
      run,
      (state) =>
        void acquire({ kind: "semaphore", what: "lock", variant: "plain" }, call.args[0]!, call, run, state),
    ),
  down_trylock: (call, run) =>
    mayFail(
      call,
      run,
      (state) =>
        void acquire({ kind: "semaphore", what: "lock", variant: "plain" }, call.args[0]!, call, run, state),
    ),
  local_irq_disable: ({ state }) => {
    state.irqOff = true;
    return one(state);
  },
  local_irq_enable: ({ state }) => {
    state.irqOff = false;
    return one(state);
  },
  local_irq_save: (call, run) => {
    const value = saveFlags(call, run, call.state);
    call.state.irqOff = true;
    return one(call.state, value);
  },
  local_irq_restore: ({ args, state }) => {
    restoreFlags(args[0], state);
    return one(state);
  },
  local_bh_disable: ({ state }) => {
    state.bh++;
    return one(state);
  },
  local_bh_enable: ({ state }) => {
    state.bh = Math.max(0, state.bh - 1);
    return one(state);
  },
  preempt_disable: ({ state }) => {
    state.preempt++;
    return one(state);
  },
  preempt_enable: ({ state }) => {
    state.preempt = Math.max(0, state.preempt - 1);
    return one(state);
  },
  netdev_priv: ({ args, state }, run) => {
    const id = `priv(${keyOf(args[0] ?? UNDEFINED)})`;
    const type = args[1]?.k === "sym" ? args[1].t : args[0] ? run.privTypes.get(keyOf(args[0])) : undefined;
    return one(state, { k: "sym", id, object: true, ...(type ? { t: type } : {}) });
  },
  "Object.assign": ({ args, node, state }, run) => {
    for (const from of args.slice(1)) run.copyFields(args[0]!, from, node, state);
    return one(state, args[0]);
  },
  "Math.min": ({ args, state }) => one(state, { k: "sym", id: `min(${args.map(keyOf).sort().join()})` }),
  "Math.max": ({ args, state }) => one(state, { k: "sym", id: `max(${args.map(keyOf).sort().join()})` }),
  min: ({ args, state }) => one(state, { k: "sym", id: `min(${args.map(keyOf).sort().join()})` }),
  likely: ({ args, state }) => one(state, args[0]),
  unlikely: ({ args, state }) => one(state, args[0]),
  register_netdev: (call, run) => mayFail(call, run, (state) => register(call, run, state)),
  register_netdevice: (call, run) => mayFail(call, run, (state) => register(call, run, state)),
  unregister_netdev: (call, run) => setState(call, run, 0, "netdev", "unregistered"),
  unregister_netdevice: (call, run) =>
    setState(
      call,
      run,
      0,
      "netdev",
      call.state.held.some((h) => h.kind === "rtnl") ? "unregistering" : "unregistered",
    ),
  free_netdev: (call, run) => setState(call, run, 0, "netdev", "freed"),
  kfree: (call, run) => setState(call, run, 0, "mem", "freed"),
  vfree: (call, run) => setState(call, run, 0, "mem", "freed"),
  pci_free_consistent: (call, run) => {
    const ring = call.args.find((a) => a.k === "sym" && call.state.objs.get(a.id)?.kind === "coherent");
    if (ring?.k === "sym")
      call.state.objs.set(ring.id, { kind: "coherent", st: "freed", at: run.span(call.node) });
    return one(call.state);
  },
  request_irq: (call, run) =>
    mayFail(call, run, (state) => {
      const again = state.objs.get(irqKey(call.args, 4))?.st === "requested";
      state.objs.set(irqKey(call.args, 4), {
        kind: "irq",
        st: again ? "requested twice" : "requested",
        at: run.span(call.node),
      });
    }),
  free_irq: (call, run) => {
    const twice = call.state.objs.get(irqKey(call.args, 1))?.st === "requested twice";
    call.state.objs.set(irqKey(call.args, 1), {
      kind: "irq",
      st: twice ? "requested" : "freed",
      at: run.span(call.node),
    });
    return one(call.state);
  },
  disable_irq: (call, run) => {
    call.state.objs.set("irq-off", { kind: "irq", st: "disabled", at: run.span(call.node) });
    return one(call.state);
  },
  disable_irq_nosync: (call, run) => {
    call.state.objs.set("irq-off", { kind: "irq", st: "disabled", at: run.span(call.node) });
    return one(call.state);
  },
  enable_irq: ({ state }) => {
    state.objs.delete("irq-off");
    return one(state);
  },
  skb_queue_tail: keep,
  skb_queue_head: keep,
  __skb_queue_tail: keep,
  __skb_queue_head: keep,
  skb_get: keep,
  __netif_rx_schedule_prep: (call, run) => EFFECTS.netif_rx_schedule_prep!(call, run),
  netif_stop_queue: queue("stopped"),
  netif_tx_disable: queue("stopped"),
  netif_wake_queue: queue("awake"),
  netif_start_queue: queue("awake"),
  netif_rx_schedule_prep: (call, run) => {
    const failed = call.state.clone();
    napi(call, run, "prepared");
    return [
      { state: call.state, value: TRUE },
      { state: failed, value: FALSE },
    ];
  },
  __netif_rx_schedule: (call, run) => {
    napi(call, run, "scheduled");
    return one(call.state);
  },
  netif_rx_schedule: (call, run) => {
    napi(call, run, "scheduled");
    return one(call.state);
  },
  netif_poll_enable: (call, run) => {
    napi(call, run, "enabled");
    return one(call.state);
  },
  netif_rx_complete: (call, run) => {
    napi(call, run, "completed");
    call.state.objs.set("napi-done", { kind: "napi", st: "completed", at: run.span(call.node) });
    return one(call.state);
  },
  __netif_rx_complete: (call, run) => EFFECTS.netif_rx_complete!(call, run),
  init_timer: timerState("initialised"),
  add_timer: timerState("armed"),
  mod_timer: timerState("armed"),
  del_timer: timerState("deleted"),
  del_timer_sync: timerState("deleted"),
  schedule_work: workState("queued"),
  schedule_delayed_work: workState("queued"),
  flush_scheduled_work: ({ state }) => {
    for (const [id, o] of state.objs) if (o.kind === "work") state.objs.delete(id);
    return one(state);
  },
  cancel_rearming_delayed_work: workState("idle"),
  skb_push: (call, run) => one(call.state, { ...run.fresh(call.state, call.node, "data"), object: true }),
  skb_put: (call, run) => one(call.state, { ...run.fresh(call.state, call.node, "data"), object: true }),
  CLASS_DEVICE_ATTR: (call, run) => {
    const value: Value = { ...run.fresh(call.state, call.node, "attr"), object: true, t: "attribute" };
    run.setField(value, "show", call.args[2] ?? UNDEFINED, call.node, call.state);
    run.setField(value, "store", call.args[3] ?? UNDEFINED, call.node, call.state);
    return one(call.state, value);
  },
};

function register(call: ApiCall, run: Interpreter, state: State): void {
  const dev = call.args[0];
  if (dev?.k === "sym")
    state.objs.set(dev.id, { kind: "netdev", st: "registered", at: run.span(call.node), data: call.name });
}

/** Names to which something happens beyond a result: the rest of the API gives an unknown value. */
export const EFFECT_NAMES: readonly string[] = Object.keys(EFFECTS);
