import type { LockLike, Place } from "../../machine/events.ts";
import type { CpuId } from "../../machine/model.ts";
import { at, calledByModel, isModelLock, related } from "../help.ts";
import type { Finding, Rule } from "../rule.ts";
import { type HeldLock, samePlace } from "../state/held-locks.ts";

/** "to was taken while from was held", seen once. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly fromLock: LockLike;
  readonly toLock: LockLike;
  readonly taken: { readonly place: Place | null; readonly cpu: CpuId; readonly tick: number };
  readonly held: HeldLock;
  /** The model itself called the lock function; else the core nests its own locks. */
  readonly direct: boolean;
}

export const lockOrder: Rule = {
  id: "lock-order",
  family: "lock",
  title: "Locks taken in both orders",
  statement:
    "Locks nest in one order everywhere. Two tasks that take two locks in opposite orders can wait for each other for ever.",
  severity: "error",
  condition:
    "the graph of classes taken while others are held gets a cycle; within one class (two devices' locks) only if two instances were taken in both orders",
  source: "kernel/lockdep.c: check_noncircular() (2.6.18)",
  kernelMessage: "[ INFO: possible circular locking dependency detected ]",
  wrong:
    "function a(p: priv) { spin_lock(p.tx); spin_lock(p.rx); … }\nfunction b(p: priv) { spin_lock(p.rx); spin_lock(p.tx); … }",
  right:
    "function a(p: priv) { spin_lock(p.tx); spin_lock(p.rx); … }\nfunction b(p: priv) { spin_lock(p.tx); spin_lock(p.rx); … }",
  fix: "Define the order in a comment where the locks are declared, and keep it; for two of one class, order by address or index.",
  how: ["run", "explore"],
  consequence: "context",
  listen: (ctx) => {
    const edges = new Map<string, Map<string, Edge>>();
    const add = (edge: Edge): boolean => {
      const from = edges.get(edge.from) ?? new Map<string, Edge>();
      edges.set(edge.from, from);
      if (from.has(edge.to)) return false;
      from.set(edge.to, edge);
      return true;
    };
    return {
      "lock-acquired": (event) => {
        if (event.kind === "semaphore") return;
        const held = ctx.state.locks.inContext(event.context);
        const fresh = held.at(-1);
        if (event.trylock || !fresh || held.length < 2) return;
        const taken = { place: fresh.place, cpu: event.cpu, tick: event.point };
        const direct = LOCKING.test(calledByModel(ctx.machine) ?? "");
        for (const outer of held) {
          if (outer === fresh || outer.lock === event.lock || outer.kind === "semaphore") continue;
          // the core's own nesting inside one call of the model
          if (!isModelLock(outer.lock) && samePlace(outer.place, fresh.place)) continue;
          const sameClass = outer.lock.lockClass === event.lock.lockClass;
          const from = node(outer.lock, sameClass);
          const to = node(event.lock, sameClass);
          const edge: Edge = {
            from,
            to,
            fromLock: outer.lock,
            toLock: event.lock,
            taken,
            held: outer,
            direct,
          };
          if (!add(edge)) continue;
          const back = path(edges, to, from);
          if (back !== null && [edge, ...back].some((e) => e.direct))
            ctx.report(cycle(edge, back, (lock) => ctx.state.lockName(lock)));
        }
      },
    };
  },
};

const LOCKING = /^(spin|read|write|mutex|rtnl)_/;

/** Instances of one class are told apart only among themselves. */
function node(lock: LockLike, instance: boolean): string {
  return instance ? `${lock.lockClass}#${lock.id}` : lock.lockClass;
}

/** Shortest way from one class to another, or null. */
function path(edges: Map<string, Map<string, Edge>>, from: string, to: string): Edge[] | null {
  const ways = new Map<string, Edge[]>([[from, []]]);
  const queue = [from];
  for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
    for (const edge of edges.get(here)?.values() ?? []) {
      if (ways.has(edge.to)) continue;
      const way = [...ways.get(here)!, edge];
      if (edge.to === to) return way;
      ways.set(edge.to, way);
      queue.push(edge.to);
    }
  }
  return null;
}

function cycle(edge: Edge, back: readonly Edge[], name: (lock: LockLike) => string): Finding {
  const all = [edge, ...back];
  const first = back.at(-1) ?? edge;
  const place = (edge.direct ? edge : all.find((e) => e.direct))?.taken.place ?? null;
  return {
    message: `${name(edge.toLock)} is taken while ${name(edge.fromLock)} is held; the other order is taken at ${at(first.taken.place)}`,
    place,
    about: all.flatMap((e) => [e.fromLock, e.toLock]),
    related: all.flatMap((e) => [
      related(`${name(e.fromLock)} was taken`, e.held),
      related(`then ${name(e.toLock)} was taken`, e.taken),
    ]),
    kernel: [
      "=======================================================",
      "[ INFO: possible circular locking dependency detected ]",
      `${edge.held.task.name}/${edge.held.task.id} is trying to acquire lock: (${name(edge.toLock)})`,
      `but task is already holding lock: (${name(edge.fromLock)})`,
    ],
  };
}
