/** Timers, work and tasklets: initialised, armed, waited for, freed. */
import { lockOf } from "../api/effects.ts";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { ContextKind } from "../entries.ts";
import type { Span } from "../finding.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import type { Value } from "../values.ts";

/** A timer, work or tasklet as a class of its own: the struct and the field it is in. */
function classOf(value: Value | undefined, run: Interpreter): string | null {
  return value === undefined ? null : lockOf(value, "spin", run).cls;
}

export const timers: CheckerFactory = (a) => {
  const initialised = new Set<string>();
  const functions = new Set<string>();
  const armed = new Map<string, () => void>();
  let opaque = false;
  /** What is called outside of work and timers, and where devices are freed at the end. */
  const calls = new Set<string>();
  const frees: Free[] = [];
  const rearmed = new Set<string>();
  /** Timers that `role class` waits for. */
  const waitedFor = new Set<string>();
  const deleted = new Map<string, Free & { role: string }>();
  return {
    call(call, run) {
      const { name, args, node, state } = call;
      const cls = classOf(args[0], run);
      if (name === "init_timer" || name === "setup_timer") {
        if (name === "setup_timer" && cls !== null) functions.add(cls);
        if (cls === null) opaque = true;
        else initialised.add(cls);
      }
      if (a.entry === null) return;
      const object = args[0]?.k === "sym" ? state.objs.get(args[0].id) : undefined;
      if (name === "add_timer" && object?.st === "armed")
        a.report("timer-add-pending", node, run, "add_timer() of a timer that may still be pending", {
          related: [{ ...object.at, message: "it is armed here" }],
        });
      if (name === "init_timer" && object?.st === "armed")
        a.report("timer-reinit", node, run, "init_timer() of a timer that may be pending", {
          related: [{ ...object.at, message: "it is armed here" }],
        });
      if (
        (name === "add_timer" || name === "mod_timer") &&
        cls?.includes(".") &&
        !/^m\d+\./.test(cls) &&
        !armed.has(cls)
      ) {
        const span = run.span(node);
        const { kind } = a;
        armed.set(cls, () =>
          a.reportAt(
            "timer-init",
            span,
            `${cls} is armed, and nobody calls init_timer() or sets its function`,
            kind,
          ),
        );
      }
      self(a, call, cls, run);
      if (!/^(work|timer|tasklet|kthread)$/.test(a.entry.role)) calls.add(name);
      if (cls !== null) {
        if (/^(add|mod)_timer$/.test(name) && a.entry.role === "timer" && a.entry.starter === cls)
          rearmed.add(cls);
        const { role } = a.entry;
        if (name === "del_timer_sync") waitedFor.add(`${role} ${cls}`);
        if (name === "del_timer" && ENDS.includes(role) && !deleted.has(cls))
          deleted.set(cls, { role, span: run.span(node), kind: a.kind });
      }
      if (name !== "free_netdev") return;
      pending(a, call, run);
      if (a.entry.role === "module_exit" || a.entry.role === "remove")
        frees.push({ span: run.span(node), kind: a.kind });
    },
    store(object, field, _value, _node, _state, run) {
      if (field !== "function") return;
      const cls = classOf(object, run);
      if (cls === null) opaque = true;
      else functions.add(cls);
    },
    finish() {
      for (const free of frees) unawaited(a, free, calls);
      const awaited = (cls: string, role: string): boolean =>
        [role, "remove", "module_exit"].some((end) => waitedFor.has(`${end} ${cls}`));
      for (const [cls, { role, span, kind }] of deleted)
        if (rearmed.has(cls) && !awaited(cls, role) && !WAITING.some((name) => calls.has(name)))
          a.reportAt(
            "timer-sync",
            span,
            `del_timer() does not wait for the timer's function, which arms ${cls} again`,
            kind,
            {
              also: ["timer-rearm"],
            },
          );
      if (opaque) return;
      for (const [cls, report] of armed) if (!initialised.has(cls) || !functions.has(cls)) report();
    },
  };
};

/** Callbacks after which a timer's memory may go. */
const ENDS: readonly string[] = ["stop", "remove", "module_exit"];

/** Waiting for oneself. */
function self(a: Analysis, { name, node }: ApiCall, cls: string | null, run: Interpreter): void {
  const entry = a.entry!;
  const own = cls !== null && entry.starter === cls;
  if (name === "del_timer_sync" && entry.role === "timer" && own)
    a.report(
      "timer-sync-self",
      node,
      run,
      "del_timer_sync() of the timer whose function this is: it waits for itself",
    );
  if (/^tasklet_(kill|disable)$/.test(name) && entry.role === "tasklet" && own)
    a.report(
      "task-disable-self",
      node,
      run,
      `${name}() of the tasklet whose function this is: it waits for itself`,
      { also: ["ctx-tasklet-kill", "ctx-sleep-atomic"] },
    );
}

/** Freed while something may still run on it. */
function pending(a: Analysis, { args, node, state }: ApiCall, run: Interpreter): void {
  const dev = args[0];
  const role = a.entry!.role;
  if (dev?.k !== "sym" || (role !== "module_exit" && role !== "remove")) return;
  for (const [id, o] of state.objs)
    if (
      o.kind === "timer" &&
      o.st === "deleted" &&
      o.data === "del_timer" &&
      id.startsWith(`priv(${dev.id})`)
    )
      a.report(
        "timer-sync",
        node,
        run,
        "the device is freed after del_timer(): the timer's function may still be running",
        {
          related: [{ ...o.at, message: "del_timer() does not wait" }],
        },
      );
  for (const [id, o] of state.objs)
    if (o.kind === "work" && o.st === "queued" && id.startsWith(`priv(${dev.id})`))
      a.report("work-pending-free", node, run, "the device is freed while its work is queued", {
        related: [{ ...o.at, message: "the work is queued here" }],
      });
}

interface Free {
  readonly span: Span;
  readonly kind: ContextKind;
}

const WAITING = [
  "wait_for_completion",
  "wait_event",
  "wait_event_timeout",
  "wait_event_interruptible",
  "kthread_stop",
  "msleep",
  "schedule_timeout",
  "schedule",
  "yield_",
];
const FLUSHING = [
  "flush_scheduled_work",
  "flush_workqueue",
  "cancel_rearming_delayed_work",
  "destroy_workqueue",
  "cancel_rearming_delayed_workqueue",
];

/** The device is freed, and nobody in the whole model waits for its work or tasklet. */
function unawaited(a: Analysis, { span, kind }: Free, calls: ReadonlySet<string>): void {
  const { uses } = a.model;
  if (WAITING.some((name) => calls.has(name))) return;
  const has = (...names: string[]): boolean => names.some((name) => uses.has(name));
  if (
    a.entries.some((e) => e.role === "work") &&
    has("schedule_work", "schedule_delayed_work", "queue_work", "queue_delayed_work") &&
    !has(...FLUSHING)
  )
    a.reportAt(
      has("cancel_delayed_work") ? "work-cancel-nosync" : "work-pending-free",
      span,
      "the device is freed and nobody has waited for its work, which may be queued or running",
      kind,
      { also: ["work-pending-free"] },
    );
  if (
    a.entries.some((e) => e.role === "tasklet") &&
    has("tasklet_schedule", "tasklet_hi_schedule") &&
    !has("tasklet_kill", "tasklet_disable")
  )
    a.reportAt(
      "task-kill",
      span,
      "the device is freed and nobody calls tasklet_kill() for its tasklet",
      kind,
    );
}
