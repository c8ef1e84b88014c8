/** Locks on one path: balance, variants, recursion. */
import type * as t from "@babel/types";
import { lockOf } from "../api/effects.ts";
import { lockCall } from "../api/table.ts";
import type { Analysis, CheckerFactory } from "../checker.ts";
import { SPINNING, takenAt } from "../describe.ts";
import type { Fix } from "../finding.ts";
import { before } from "../fixes.ts";
import type { ApiCall, Interpreter } from "../interp.ts";
import type { Held, State } from "../state.ts";
import { UNDEFINED } from "../values.ts";

export const locks: CheckerFactory = (a) => {
  const initialised = new Set<string>();
  const used = new Map<string, { call: ApiCall; report: () => void }>();
  /** Semaphores that some path gives back without having taken them, and returns with one held: a hand-over, or a leak. */
  const handedOver = new Set<string>();
  const leaks: { cls: string; report: () => void }[] = [];
  let opaque = false;
  return {
    call(call, run) {
      if (/^(spin_lock|rwlock)_init$|^(mutex_init|init_MUTEX)/.test(call.name)) {
        const lock = lockOf(call.args[0] ?? UNDEFINED, "spin", run);
        if (lock.cls === null) opaque = true;
        else initialised.add(lock.cls);
        freedHeld(a, call, run);
      }
      if (a.entry === null) return;
      if (call.name === "kfree" || call.name === "vfree") freedWith(a, call, run);
      const lock = lockCall(call.name);
      if (lock?.what === "lock") taking(a, call, run);
      if (lock?.what === "unlock") releasing(a, call, run, handedOver);
      if (lock?.what === "lock" && lock.kind === "spin") remember(call, run);
      if (call.name === "rtnl_lock") rtnl(a, call, run);
      if (/^(netif_tx_disable|dev_mc_add|dev_mc_delete|dev_mc_upload)$/.test(call.name))
        reentry(a, call, run);
      if (/^(un)?register_netdev$/.test(call.name) && call.state.held.some((h) => h.kind === "rtnl"))
        a.report("life-reg-rtnl", call.node, run, `${call.name}() takes rtnl, which is held here already`, {
          related: takenAt(call.state.held.find((h) => h.kind === "rtnl")),
          also: ["rtnl-recursion", ...(a.entry.role === "do_ioctl" ? ["ioctl-rtnl"] : [])],
        });
      if (/^(un)?register_netdevice$/.test(call.name) && !call.state.held.some((h) => h.kind === "rtnl"))
        a.report("life-reg-rtnl", call.node, run, `${call.name}() needs rtnl, which is not held here`, {
          also: ["rtnl-assert"],
        });
      if (
        /^dev_(open|close|change_flags)$/.test(call.name) &&
        !call.state.held.some((h) => h.kind === "rtnl")
      )
        a.report("rtnl-assert", call.node, run, `${call.name}() needs rtnl, which is not held here`);
    },
    exit(_value, state, node, run) {
      leaving(a, state, node, run, leaks);
    },
    finish() {
      for (const { cls, report } of leaks) if (!handedOver.has(cls)) report();
      if (opaque) return;
      for (const [cls, { report }] of used) if (!initialised.has(cls)) report();
    },
  };

  function remember(call: ApiCall, run: Interpreter): void {
    const target = call.args[0] ?? UNDEFINED;
    const { cls, name } = lockOf(target, "spin", run);
    // only a lock that is a field of the driver's own struct, or an object made by its constructor, needs initialising
    if (cls === null || !cls.includes(".") || /^(m\d+)\./.test(cls) || used.has(cls)) return;
    const entry = a.entry!;
    const span = run.span(call.node);
    const kind = a.kind;
    used.set(cls, {
      call,
      report: () =>
        a.reportAt("lock-uninit", span, `nobody calls spin_lock_init() for ${name}`, kind, {
          related: [],
          also: [],
        }),
    });
    void entry;
  }
};

function taking(a: Analysis, call: ApiCall, run: Interpreter): void {
  const kind = lockCall(call.name)!.kind;
  const lock = lockOf(call.args[0] ?? UNDEFINED, kind, run);
  const same = call.state.held.find(
    (h) => h.id === lock.id || (h.kind === "xmit" && lock.kind === "xmit" && sameDevice(h, lock)),
  );
  if (!same) {
    if (lock.kind === "xmit" && a.kind === "hardirq")
      a.report("xmit-irq", call.node, run, "xmit_lock is taken in a hard interrupt handler");
    return;
  }
  if (lock.kind === "xmit" && same.at === null) {
    reentry(a, call, run);
    return;
  }
  // a semaphore may count further than one
  if ((same.kind === "read" && kind === "read") || kind === "semaphore") return;
  const rule = kind === "read" || kind === "write" ? "lock-rw-upgrade" : "lock-recursion";
  a.report(rule, call.node, run, `${call.name}(): ${lock.name} is held here already`, {
    related: takenAt(same),
  });
}

function sameDevice(held: Held, lock: { readonly id: string }): boolean {
  return lock.id === held.id;
}

function reentry(a: Analysis, call: ApiCall, run: Interpreter): void {
  const held = call.state.held.find((h) => h.kind === "xmit" && h.id === "dev.xmit_lock");
  const dev = call.args[0];
  if (!held || (dev?.k === "sym" && dev.id !== "dev" && dev.id !== "dev.xmit_lock")) return;
  a.report(
    "xmit-reentry",
    call.node,
    run,
    `${call.name}() takes xmit_lock, which is held in ${a.entry!.role} already`,
    {
      related: takenAt(held),
      also: a.entry!.role === "tx_timeout" ? ["txq-timeout-context"] : [],
    },
  );
}

function rtnl(a: Analysis, call: ApiCall, run: Interpreter): void {
  const held = call.state.held.find((h) => h.kind === "rtnl");
  if (!held) return;
  const where = held.at === null ? `${a.entry!.role} is called with it` : "it is held here already";
  a.report("rtnl-recursion", call.node, run, `rtnl_lock(): ${where}`, {
    related: takenAt(held),
    also: a.entry!.role === "do_ioctl" ? ["ioctl-rtnl"] : [],
  });
}

function releasing(a: Analysis, call: ApiCall, run: Interpreter, handedOver: Set<string>): void {
  const lock = lockCall(call.name)!;
  const { id, name, cls } = lockOf(call.args[0] ?? UNDEFINED, lock.kind, run);
  const held = call.state.held.findLast((h) => h.id === id);
  if (!held) {
    if (lock.kind === "semaphore") handedOver.add(cls ?? id);
    if (lock.kind === "mutex" || lock.kind === "semaphore" || cls === null) return;
    // a lock of the same class under another name may be the same one
    if (call.state.held.some((h) => h.cls === cls || h.cls === null)) return;
    a.report("lock-unlock-unheld", call.node, run, `${call.name}(): ${name} is not held on this path`, {
      also: otherTask(a) ? ["lock-owner"] : [],
    });
    return;
  }
  if (held.variant === lock.variant || held.at === null || !SPINNING.has(held.kind)) return;
  // what counts is the state afterwards: interrupts and bottom halves as before
  const loses =
    held.variant === "irqsave" || held.variant === "irq"
      ? lock.variant === "plain" || lock.variant === "bh"
      : false;
  const bh = (held.variant === "bh") !== (lock.variant === "bh");
  if (!loses && !bh) return;
  run.told("irq", call.node, call.state);
  a.report(
    "lock-variant",
    call.node,
    run,
    `${held.name} is taken ${variantText(held.variant)} and released by ${call.name}()`,
    {
      related: takenAt(held),
    },
  );
}

/** Somebody else's lock is released: a task or handler of its own. */
function otherTask(a: Analysis): boolean {
  return /^(work|timer|tasklet|interrupt|kthread|poll)$/.test(a.entry!.role);
}

function variantText(variant: Held["variant"]): string {
  return variant === "plain" ? "plainly" : `with _${variant}`;
}

function freedHeld(a: Analysis, call: ApiCall, run: Interpreter): void {
  const { id } = lockOf(call.args[0] ?? UNDEFINED, "spin", run);
  const held = call.state.held.find((h) => h.id === id);
  if (held)
    a.report("lock-free-held", call.node, run, `${held.name} is initialised while it is held`, {
      related: takenAt(held),
    });
}

/** Memory goes, and a held lock in it. */
function freedWith(a: Analysis, call: ApiCall, run: Interpreter): void {
  const id = call.args[0]?.k === "sym" ? call.args[0].id : null;
  const held = call.state.held.find((h) => id !== null && h.id.startsWith(`${id}.`));
  if (held)
    a.report(
      "lock-free-held",
      call.node,
      run,
      `${held.name} is held, and the memory that it is in is freed`,
      { related: takenAt(held) },
    );
}

function leaving(
  a: Analysis,
  state: State,
  node: t.Node,
  run: Interpreter,
  leaks: { cls: string; report: () => void }[],
): void {
  for (const held of state.held) {
    // taken twice: that was told there
    if (held.at === null || state.held.some((h) => h !== held && h.id === held.id)) continue;
    const name = a.entry!.fn.fn.name;
    const message = `${name}() returns here with ${held.name} held`;
    const details = {
      related: takenAt(held),
      also: SPINNING.has(held.kind) ? ["ctx-preempt-imbalance"] : [],
      fixes: unlockFix(held, node, run),
    };
    if (held.kind !== "semaphore") {
      a.report("lock-leak", node, run, message, details);
      continue;
    }
    const span = run.span(node);
    const { kind } = a;
    leaks.push({
      cls: held.cls ?? held.id,
      report: () => a.reportAt("lock-leak", span, message, kind, details),
    });
  }
}

/** The unlock before the return, in the words of the lock. */
function unlockFix(held: Held, node: t.Node, run: Interpreter): Fix[] {
  if (node.type !== "ReturnStatement" || held.at === null || held.at.file !== run.file) return [];
  const lines = run.model.modules.get(held.at.file)?.text.split("\n");
  const line = lines?.[held.at.line - 1] ?? "";
  const match =
    /(?:const|let)?\s*(\w+)?\s*=?\s*\b(spin|read|write)_(?:try)?lock(_irqsave|_irq|_bh)?\(([^()]*(?:\([^()]*\))?[^()]*)\)/.exec(
      line,
    );
  if (!match) return [];
  const [, flags, kind, suffix, lock] = match;
  const end =
    suffix === "_irqsave" ? `_irqrestore(${lock}, ${flags ?? "flags"})` : `${suffix ?? ""}(${lock})`;
  const edits = before(node, run, `${kind}_unlock${end};`);
  return [{ title: `Release ${held.name} before returning`, edits }];
}
