/** Waits for a context under a lock which that context takes. */
import { lockOf } from "../api/effects.ts";
import { lockCall } from "../api/table.ts";
import type { CheckerFactory } from "../checker.ts";
import { takenAt } from "../describe.ts";
import type { ContextKind, Entry } from "../entries.ts";
import type { Span } from "../finding.ts";
import type { Held } from "../state.ts";

interface Wait {
  readonly name: string;
  readonly target: string | null;
  readonly held: readonly Held[];
  readonly span: Span;
  readonly kind: ContextKind;
  readonly entry: Entry;
}

/** Who is waited for, and which rule says that one must not. */
const WAITS: Readonly<Record<string, { role: Entry["role"]; rule: string }>> = {
  del_timer_sync: { role: "timer", rule: "timer-sync-lock" },
  free_irq: { role: "interrupt", rule: "irq-free-locked" },
  disable_irq: { role: "interrupt", rule: "lock-wait-inside" },
  synchronize_irq: { role: "interrupt", rule: "lock-wait-inside" },
  tasklet_kill: { role: "tasklet", rule: "lock-wait-inside" },
  tasklet_disable: { role: "tasklet", rule: "lock-wait-inside" },
  netif_poll_disable: { role: "poll", rule: "lock-wait-inside" },
  flush_scheduled_work: { role: "work", rule: "work-flush-lock" },
  flush_workqueue: { role: "work", rule: "work-flush-lock" },
  cancel_rearming_delayed_work: { role: "work", rule: "work-flush-lock" },
  destroy_workqueue: { role: "work", rule: "work-flush-lock" },
};

export const waiting: CheckerFactory = (a) => {
  const waits: Wait[] = [];
  const takes = new Map<Entry, Map<string, Span>>();
  return {
    call(call, run) {
      if (a.entry === null) return;
      const { name, args, node, state } = call;
      const span = run.span(node);
      const lock = lockCall(name);
      if (lock?.what === "lock" || name === "rtnl_lock") {
        const cls = name === "rtnl_lock" ? "rtnl" : args[0] ? lockOf(args[0], "spin", run).cls : null;
        const mine = takes.get(a.entry) ?? new Map<string, Span>();
        if (cls !== null && !mine.has(cls)) mine.set(cls, span);
        takes.set(a.entry, mine);
      }
      if (!(name in WAITS) || state.held.length === 0) return;
      const target = args[0] ? lockOf(args[0], "spin", run).cls : null;
      waits.push({ name, target, held: state.held, span, kind: a.kind, entry: a.entry });
    },
    finish() {
      for (const w of waits) conclude(w);
    },
  };

  function conclude(w: Wait): void {
    const { role, rule } = WAITS[w.name]!;
    const rtnl = w.held.find((h) => h.kind === "rtnl");
    if (rtnl && /^(flush_scheduled_work|cancel_rearming_delayed_work)$/.test(w.name)) {
      a.reportAt(
        "rtnl-flush",
        w.span,
        `${w.name}() with rtnl held: linkwatch, which it waits for, takes rtnl`,
        w.kind,
        {
          related: takenAt(rtnl),
          also: ["work-flush-lock", "lock-wait-inside"],
        },
      );
      return;
    }
    const runners = a.entries.filter((e) => e.role === role);
    const named = runners.filter((e) => e.starter !== null && e.starter === w.target);
    // keventd runs every work; of other things one must know which is waited for
    const certain = role === "work" || runners.length === 1 ? runners : [];
    for (const e of named.length > 0 ? named : certain) {
      // who waits for itself has a rule of its own
      if (e === w.entry) continue;
      const held = w.held.find(
        (h) => h.cls !== null && (h.kind !== "rtnl" || role === "work") && takes.get(e)?.has(h.cls),
      );
      if (!held) continue;
      const at = takes.get(e)!.get(held.cls!)!;
      const special = rtnl && held.kind === "rtnl" ? "rtnl-flush" : rule;
      a.reportAt(
        special,
        w.span,
        `${w.name}() waits for ${e.fn.fn.name}() with ${held.name} held, which ${e.fn.fn.name}() takes`,
        w.kind,
        {
          related: [...takenAt(held), { ...at, message: `${e.fn.fn.name}() takes ${held.name} here` }],
          also: ["lock-wait-inside", rule],
        },
      );
    }
  }
};
