/** Which rule a cycle of dependencies breaks, and how it is told. */
import type { LockLike, RelatedPlace } from "../../machine/events.ts";
import { at, isXmitLock, related } from "../help.ts";
import type { Finding, Listeners, RuleContext } from "../rule.ts";
import type { Dependency, Node } from "../state/dependencies.ts";

type Cycle = readonly Dependency[];

/** A rule that speaks of the cycles that are its own. */
export function reportsCycles(id: string): (ctx: RuleContext) => Listeners {
  return (ctx) => {
    const name = (lock: LockLike): string => ctx.state.lockName(lock);
    ctx.state.dependencies.onCycle((cycle) => {
      // what the core nests by itself is no mistake of the model
      if (!cycle.some((d) => d.at.place?.model || d.held?.place?.model)) return;
      if (ruleOf(cycle) === id) ctx.report(finding(cycle, name));
    });
    return {};
  };
}

/** The most special rule that the cycle breaks; null where the rules of one lock say it themselves. */
export function ruleOf(cycle: Cycle): string | null {
  const wait = cycle.find((d) => d.how === "waits" && d.fn !== "complete");
  if (wait !== undefined) return cycle.length === 1 ? selfWait(wait) : waitInside(cycle, wait);
  const locks = cycle.filter((d) => d.from.lock !== null);
  const interrupted = cycle.find((d) => d.how === "interrupted");
  if (interrupted === undefined) return locks.length > 1 ? "lock-order" : null;
  // two of them: then one of the locks is taken wrongly by itself
  if (locks.length > 1)
    return cycle.filter((d) => d.how === "interrupted").length > 1 ? null : "lock-irq-dep";
  return interrupted.to.running?.kind === "handler" ? ownHandler(cycle, interrupted) : null;
}

function selfWait(wait: Dependency): string | null {
  return wait.to.running?.kind === "irq" ? "irq-free-in-handler" : null;
}

function waitInside(cycle: Cycle, wait: Dependency): string {
  const kind = wait.to.running?.kind;
  if (cycle.some((d) => d.to.kind === "rtnl")) {
    if (kind === "workqueue") return "rtnl-flush";
    return kind === "attribute" ? "rtnl-sysfs" : "rtnl-wait";
  }
  if (kind === "timer") return "timer-sync-lock";
  if (kind === "irq") return "irq-free-locked";
  return kind === "workqueue" ? "work-flush-lock" : "lock-wait-inside";
}

/** One lock, and a handler that takes it: the general case is lock-irq-self. */
function ownHandler(cycle: Cycle, on: Dependency): string | null {
  if (on.context.kind === "hardirq") return "irq-nested-assume";
  if (cycle.some((d) => d.fromShared || d.toShared)) return "lock-rw-irq";
  return on.slot === "poll" ? "napi-lock-poll" : null;
}

function finding(cycle: Cycle, name: (lock: LockLike) => string): Finding {
  const main = spokesman(cycle);
  const called = (node: Node): string =>
    node.kind === "rtnl" ? "rtnl" : (node.running?.name ?? name(node.lock!));
  const others = cycle.filter((d) => d !== main && d.at.place !== null);
  return {
    message: sentence(main, cycle, called),
    place: main.at.place,
    about: cycle.flatMap((d) => (d.from.lock ? [d.from.lock] : [])),
    also: [...sleeps(main), ...underWatchdog(main)],
    related: cycle.flatMap((d) => halves(d, called)),
    kernel: report(cycle, main, others, called),
  };
}

/** The dependency that is the mistake: the wait, else what is taken under a lock of a handler, else what closed the cycle. */
function spokesman(cycle: Cycle): Dependency {
  const wait = cycle.find((d) => d.how === "waits" && d.fn !== "complete");
  if (wait !== undefined) return wait;
  const byModel = (d: Dependency): boolean => d.at.place?.model === true;
  const nested = cycle.find((d) => d.how === "takes" && d.held !== null && byModel(d));
  const interrupted = cycle.find((d) => d.how === "interrupted");
  if (interrupted !== undefined) return nested ?? interrupted;
  return cycle.find((d) => d.direct) ?? cycle[0]!;
}

function sentence(main: Dependency, cycle: Cycle, called: (node: Node) => string): string {
  const { from, to, held, how, fn } = main;
  const back = cycle.find((d) => d !== main && d.to === from) ?? main;
  if (how === "waits") {
    if (cycle.length === 1) return `${fn}() waits for ${called(to)}, which ${fn}() itself runs in`;
    const where = back.fn === "linkwatch_event" ? "in linkwatch_event()" : `at ${at(back.at.place)}`;
    return `${fn}() waits for ${called(to)} while ${called(from)} ${held ? "is held" : "runs"}; ${called(from)} is needed there: ${where}`;
  }
  const interrupted = cycle.find((d) => d.how === "interrupted");
  if (interrupted === undefined)
    return `${called(to)} is taken while ${called(from)} is held; the other order is taken at ${at(back.at.place)}`;
  const { to: by } = interrupted;
  const taken = cycle.find((d) => d.from === by);
  if (main === interrupted)
    return `${called(from)} is taken where ${called(by)} can interrupt, and that takes it at ${at(taken?.at.place ?? null)}`;
  return `${called(to)} is taken while ${called(from)} is held, which ${called(by)} takes; ${called(interrupted.from)} is taken where ${called(by)} can interrupt, at ${at(interrupted.at.place)}`;
}

/** What tx_timeout takes under xmit_lock, and others around it, it must not take. */
function underWatchdog({ slot, from }: Dependency): string[] {
  return slot === "tx_timeout" && from.lock !== null && isXmitLock(from.lock) ? ["txq-timeout-context"] : [];
}

/** Waits that sleep break the rules about sleeping, too, where they are made under a spinlock: one mistake. */
function sleeps({ how, held, fn }: Dependency): string[] {
  if (how !== "waits" || held === null || BUSY_WAITS.test(fn ?? "")) return [];
  if (held.kind !== "spin" && held.kind !== "read" && held.kind !== "write") return [];
  const off = held.irqsWereOff || held.variant === "irq" || held.variant === "irqsave";
  return off ? ["ctx-sleep-atomic", "ctx-sleep-irqoff"] : ["ctx-sleep-atomic"];
}

const BUSY_WAITS = /^(del_timer|synchronize_irq|disable_irq|tasklet_disable|tasklet_unlock|spin_)/;

function halves(d: Dependency, called: (node: Node) => string): RelatedPlace[] {
  const taken = d.held ? [related(`${called(d.from)} was taken`, d.held)] : [];
  if (d.how === "interrupted")
    return [related(`${called(d.from)} is held where ${called(d.to)} can come`, d.at)];
  if (d.at.place === null) return [];
  const under = d.from.running ? ` in ${called(d.from)}` : "";
  const did = d.how === "waits" ? `${d.fn}() waits for ${called(d.to)}` : `${called(d.to)} was taken`;
  return [...taken, related(`${did}${under}`, d.at)];
}

function report(cycle: Cycle, main: Dependency, others: Cycle, called: (node: Node) => string): string[] {
  const who = `${main.task.name}/${main.task.id}`;
  if (cycle.length === 1) return [`BUG: soft lockup detected on CPU#${main.at.cpu}!`];
  const chain = ["", "the existing dependency chain (in reverse order) is:"];
  others.forEach((d, i) => {
    chain.push(
      `-> #${others.length - 1 - i} (${called(d.to)}): after (${called(d.from)}), at ${at(d.at.place)}`,
    );
  });
  const interrupted = cycle.find((d) => d.how === "interrupted");
  if (interrupted !== undefined) return irqReport(cycle, main, interrupted, who, called).concat(chain);
  return [
    "=======================================================",
    "[ INFO: possible circular locking dependency detected ]",
    "-------------------------------------------------------",
    `${who} is trying to acquire lock:`,
    ` (${called(main.to)}), at: ${at(main.at.place)}`,
    "",
    "but task is already holding lock:",
    ` (${called(main.from)}), at: ${at(main.held?.place ?? null)}`,
    "",
    "which lock already depends on the new lock.",
    ...chain,
  ];
}

function irqReport(
  cycle: Cycle,
  main: Dependency,
  interrupted: Dependency,
  who: string,
  called: (node: Node) => string,
): string[] {
  const irq = interrupted.to.running?.kind === "handler" ? "hardirq" : "softirq";
  if (main === interrupted && cycle.length === 2)
    return [
      "=================================",
      "[ INFO: inconsistent lock state ]",
      "---------------------------------",
      `inconsistent {${irq}-on-W} -> {in-${irq}-W} usage.`,
      `${who} takes: (${called(main.from)}), at: ${at(main.at.place)}`,
    ];
  return [
    "======================================================",
    `[ INFO: ${irq}-safe -> ${irq}-unsafe lock order detected ]`,
    "------------------------------------------------------",
    `${who} is trying to acquire: (${called(main.to)}), at: ${at(main.at.place)}`,
    `and this task is already holding: (${called(main.from)}), at: ${at(main.held?.place ?? null)}`,
    `which would create a new lock dependency: (${called(main.from)}) -> (${called(main.to)})`,
  ];
}
