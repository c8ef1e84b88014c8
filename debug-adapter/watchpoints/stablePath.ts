/**
 * Names of memory that mean the same in every run of one history. Objects do not outlive a boot, and going back in time
 * boots anew, so what a user points at is kept as the way to it: from an allocation by its number, a variable of a module, or
 * a variable of a call.
 */
import type { Frame } from "../../sim/instrument/monitor.ts";
import { peek } from "../../sim/machine/freed-memory.ts";
import { accessorOf, scopesAt } from "../session/frameNames.ts";
import type { Run } from "../session/run.ts";

export type Root =
  | readonly ["alloc", number]
  | readonly ["module", module: string, variable: string]
  /** A call by its task, its depth, its function. */
  | readonly ["call", task: number, depth: number, fn: string, variable: string];

export interface StablePath {
  readonly root: Root;
  readonly keys: readonly string[];
}

/** What is not there (yet). */
export const ABSENT: unique symbol = Symbol("absent");

const MOST_VISITED = 50_000;
const MOST_ELEMENTS = 300;

/** The value at a path, or {@link ABSENT}. */
export function read(run: Run, { root, keys }: StablePath): unknown {
  let value = readRoot(run, root);
  for (const key of keys) {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return ABSENT;
    value = peek(value, key);
  }
  return value;
}

/** The object that has the last key of a path, or null. */
export function holder(run: Run, { root, keys }: StablePath): object | null {
  const value = read(run, { root, keys: keys.slice(0, -1) });
  return typeof value === "object" ? value : null;
}

function readRoot(run: Run, root: Root): unknown {
  switch (root[0]) {
    case "alloc":
      return run.allocations.at(root[1]) ?? ABSENT;
    case "module":
      return readModule(run, root[1], root[2]);
    case "call": {
      const frame = findCall(run, root[1], root[2], root[3]);
      return frame === null ? ABSENT : readVariable(frame, root[4]);
    }
  }
}

function readModule(run: Run, id: string, variable: string): unknown {
  for (const { compiled, scope } of run.lab.modules.values()) {
    if (compiled.id !== id) continue;
    const index = scope.info.variables.findIndex(({ name }) => name === variable);
    return index < 0 ? ABSENT : attempt(() => scope.access(index, false));
  }
  return ABSENT;
}

function findCall(run: Run, taskId: number, depth: number, fn: string): Frame | null {
  const { machine } = run;
  const task = machine.tasks.find(({ id }) => id === taskId);
  if (task === undefined || task.state === "ended") return null;
  const executes = machine.cpu.current === task;
  let frame = executes ? machine.top : task.top;
  while (frame !== null && frame.depth > depth) frame = frame.parent;
  return frame !== null && frame.depth === depth && frame.fn.name === fn ? frame : null;
}

function readVariable(frame: Frame, name: string): unknown {
  if (name === "this") return frame.self;
  for (const scope of scopesAt(frame.fn.module, frame.pc)) {
    const index = scope.variables.findIndex((variable) => variable.name === name);
    const access = index < 0 ? undefined : accessorOf(frame, scope);
    if (access !== undefined) return attempt(() => access(index, false));
  }
  return ABSENT;
}

function attempt(get: () => unknown): unknown {
  try {
    return get();
  } catch {
    return ABSENT; // not initialised yet
  }
}

/** The path to a variable of a frame. */
export function pathOfVariable(run: Run, frame: Frame, name: string): StablePath | null {
  const { module } = frame.fn;
  if (name === "this" || scopesAt(module, frame.pc).some((s) => s.variables.some((v) => v.name === name))) {
    const task = taskOf(run, frame);
    return task === null ? null : { root: ["call", task, frame.depth, frame.fn.name, name], keys: [] };
  }
  const loaded = run.lab.modules.get(module);
  const known = loaded?.scope.info.variables.some((variable) => variable.name === name) === true;
  return known ? { root: ["module", module.id, name], keys: [] } : null;
}

function taskOf(run: Run, wanted: Frame): number | null {
  for (const cpu of run.machine.cpus)
    if (run.frames(cpu.id).some(({ frame }) => frame === wanted)) return cpu.current.id;
  return null;
}

/** The shortest path to an object; null if nothing leads to it. */
export function pathOfObject(run: Run, object: object): StablePath | null {
  const number = run.allocations.numberOf(object);
  if (number !== null) return { root: ["alloc", number], keys: [] };
  const queue: { value: object; path: StablePath }[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, path: StablePath): boolean => {
    if (typeof value !== "object" || value === null || seen.has(value)) return false;
    seen.add(value);
    queue.push({ value, path });
    return value === object;
  };
  for (const [value, root] of roots(run)) if (visit(value, { root, keys: [] })) return queue.at(-1)!.path;
  for (let i = 0; i < queue.length && i < MOST_VISITED; i++) {
    const { value, path } = queue[i]!;
    for (const key of keysOf(value))
      if (visit(peek(value, key), { root: path.root, keys: [...path.keys, key] })) return queue.at(-1)!.path;
  }
  return null;
}

function* roots(run: Run): Generator<[unknown, Root]> {
  for (const [number, object] of run.allocations.all()) yield [object, ["alloc", number]];
  for (const { compiled, scope } of run.lab.modules.values())
    for (const [index, { name, kind }] of scope.info.variables.entries())
      if (kind !== "import") yield [attempt(() => scope.access(index, false)), ["module", compiled.id, name]];
  for (const cpu of run.machine.cpus)
    for (const { frame } of run.frames(cpu.id))
      for (const scope of scopesAt(frame.fn.module, frame.pc))
        for (const { name } of scope.variables)
          yield [readVariable(frame, name), ["call", cpu.current.id, frame.depth, frame.fn.name, name]];
}

function keysOf(value: object): string[] {
  if (ArrayBuffer.isView(value)) return [];
  return Object.keys(value).slice(0, MOST_ELEMENTS);
}
