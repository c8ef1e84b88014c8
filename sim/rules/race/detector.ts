/**
 * Finds data races: two accesses to one word of the model's memory, at least one of them a store, that no lock, barrier or
 * other operation orders. As FastTrack does it: the last store and the loads since are kept for each word.
 *
 * Judged as the kernel's documents do: a word that one strand at a time writes may be read by others at any time, and
 * plain stores of numbers and flags may overwrite each other; updates (`n++`, `mask &= ~bit`), stores of references and
 * the contents of arrays and maps need an order.
 */
import type { AccessKind, CompiledModule, Frame } from "../../instrument/monitor.ts";
import type { AccessWatch, OrderWatch } from "../../machine/accesses.ts";
import type { LockLike, Place, RaceSide } from "../../machine/events.ts";
import { peek } from "../../machine/freed-memory.ts";
import type { Context } from "../../machine/model.ts";
import type { RuleMachine } from "../rule.ts";
import type { Callbacks } from "../state/callbacks.ts";
import type { UnlockedChecks } from "../state/checks.ts";
import type { HeldLocks } from "../state/held-locks.ts";
import type { RuleState } from "../state/state.ts";
import { knows, learn } from "./clock.ts";
import { Order } from "./order.ts";
import { type Access, type Caller, Shadow, type Word } from "./shadow.ts";
import { advance, type Strand } from "./strands.ts";
import { CONTENT, eachWord } from "./words.ts";

/** The machine, as far as the detector needs it. */
export interface RaceMachine extends RuleMachine {
  watchAccesses(watch: AccessWatch): unknown;
  watchOrder(watch: OrderWatch): void;
  readonly top: Frame | null;
  readonly cpu: { readonly id: number; readonly current: { readonly context: Context } };
  readonly places: { readonly modelModules: ReadonlySet<CompiledModule> };
}

export interface RaceOptions {
  /** Objects of the kernel are not the driver's: who may touch their fields is the kernel's business. */
  readonly kernelObject: (object: object) => boolean;
  readonly lockName: (lock: LockLike) => string;
}

const MAX_CALLERS = 12;

export class RaceDetector {
  readonly #machine: RaceMachine;
  readonly #locks: HeldLocks;
  readonly #callbacks: Callbacks;
  readonly #options: RaceOptions;
  readonly #order: Order;
  readonly #checks: UnlockedChecks;
  readonly #shadow = new Shadow();
  readonly #statistics = new WeakSet<object>();
  readonly #cardMemory = new WeakSet<object>();
  #frame: Frame | null = null;
  #callers: Caller | null = null;
  #pc = 0;
  #strand!: Strand;

  constructor(machine: RaceMachine, state: RuleState, options: RaceOptions) {
    this.#machine = machine;
    this.#locks = state.locks;
    this.#callbacks = state.callbacks;
    this.#options = options;
    this.#order = new Order(machine);
    this.#checks = state.checks;
    for (const [type, listener] of Object.entries(this.#order.listeners))
      machine.on(type as never, listener as never);
    machine.on("dma-mapped", (event) => void this.#cardMemory.add(event.mapping.memory));
    machine.on("callback-left", (event) => {
      if (event.slot === "get_stats" && typeof event.result === "object" && event.result !== null)
        this.#statistics.add(event.result);
    });
    machine.watchOrder((on, how) => {
      if (how === "access") this.#kernelChanges(on!);
      else this.#order.operation(machine.cpu.current.context, on, how);
    });
    machine.watchAccesses((object, key, kind, args, frame, pc) => {
      if (machine.places.modelModules.has(frame.fn.module)) this.#access(object, key, kind, args, frame, pc);
    });
  }

  readonly #touch = (object: object, key: unknown, write: boolean): void => {
    if (this.#options.kernelObject(object) || this.#statistics.has(object)) return;
    const strand = this.#strand;
    if (!write && this.#cardMemory.has(object)) this.#order.cardMemory(strand);
    const word = this.#shadow.word(object, key);
    if (write) this.#store(word, strand, object, key);
    else this.#load(word, strand, object, key);
  };

  #access(
    object: unknown,
    key: unknown,
    kind: AccessKind,
    args: readonly unknown[] | undefined,
    frame: Frame,
    pc: number,
  ): void {
    this.#executes(frame, pc);
    eachWord(object, key, kind, args, this.#touch);
  }

  #executes(frame: Frame, pc: number): void {
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#callers = callersOf(frame);
    }
    this.#pc = pc;
    this.#strand = this.#order.current(this.#machine.cpu.current.context);
  }

  /** A function of the kernel changes an object for the model, which has to order it. */
  #kernelChanges(object: object): void {
    let frame = this.#machine.top;
    while (frame !== null && !this.#machine.places.modelModules.has(frame.fn.module)) frame = frame.parent;
    if (frame === null) return;
    this.#executes(frame, frame.pc);
    this.#store(this.#shadow.word(object, CONTENT), this.#strand, object, CONTENT);
  }

  #load(word: Word, strand: Strand, object: object, key: unknown): void {
    this.#checks.load(this.#machine.cpu.current.context, word, () => this.#made(false, false));
    const { store, loads, published } = word;
    const time = strand.clock[strand.id]!;
    if (store !== null && store.strand !== strand.id && !knows(strand.clock, store.strand, store.time)) {
      if (published !== null) learn((strand.loaded ??= []), published);
      if (key === CONTENT) this.#race(word, store, this.#made(false, false), object, key);
    }
    for (let i = 0; i < loads.length; i++) {
      if (loads[i]!.strand !== strand.id) continue;
      if (loads[i]!.time !== time) loads[i] = this.#made(false, false);
      return;
    }
    loads.push(this.#made(false, false));
  }

  #store(word: Word, strand: Strand, object: object, key: unknown): void {
    this.#checks.store(this.#machine.cpu.current.context, word, () => this.#made(true, false));
    const { store, loads } = word;
    const { clock, id } = strand;
    const update = loads.some(
      (load) => load.strand === id && load.fn === this.#frame!.fn && load.time === clock[id],
    );
    const mine = this.#made(true, update);
    if (!word.reported) {
      const value = isWord(object, key);
      if (store !== null && !knows(clock, store.strand, store.time) && (!value || update || store.update))
        this.#race(word, store, mine, object, key);
      if (key === CONTENT)
        for (const load of loads)
          if (!knows(clock, load.strand, load.time)) this.#race(word, load, mine, object, key);
    }
    word.store = mine;
    word.published = strand.published === null ? null : [...strand.published];
    if (loads.length > 0) word.loads = loads.filter((load) => !knows(clock, load.strand, load.time));
  }

  #made(write: boolean, update: boolean): Access {
    const machine = this.#machine;
    const { cpu } = machine;
    const { context } = cpu.current;
    const { fn } = this.#frame!;
    const held = this.#locks.of(context.task);
    return {
      strand: this.#strand.id,
      time: this.#strand.clock[this.#strand.id]!,
      write,
      update,
      fn,
      pc: this.#pc,
      callers: this.#callers,
      held: held.length === 0 ? held : [...held],
      context,
      callback: this.#callbacks.current(context.task, context),
      cpu: cpu.id,
      tick: machine.pointCount,
    };
  }

  #race(word: Word, before: Access, now: Access, object: object, key: unknown): void {
    // each CPU may have an element of its own
    if (word.reported || (before.cpu === now.cpu && isElement(object, key))) return;
    word.reported = true;
    this.#machine.emit({
      type: "data-race",
      object,
      name: nameOf(object, key),
      first: this.#side(before),
      second: this.#side(now),
    });
    // one story for one mistake: what follows is ordered by it
    advance(this.#strand);
  }

  #side(access: Access): RaceSide {
    const stack = [placeOf(access.fn, access.pc, this.#machine.places.modelModules)];
    for (let caller = access.callers; caller !== null; caller = caller.parent)
      stack.push(placeOf(caller.fn, caller.pc, this.#machine.places.modelModules));
    return {
      write: access.write,
      place: stack[0]!,
      stack,
      held: access.held
        .filter((held) => held.context === access.context)
        .map((held) => this.#options.lockName(held.lock)),
      callback: access.callback,
      context: access.context.name,
      cpu: access.cpu,
      tick: access.tick,
    };
  }
}

/** Does it hold a number, a flag or text: one machine word whose value means nothing beyond itself? */
function isWord(object: object, key: unknown): boolean {
  if (key === CONTENT) return false;
  if (object instanceof ArrayBuffer) return true;
  // a variable is not found by its name in what stands for its scope
  if (typeof key !== "string" && typeof key !== "number") return true;
  if (!Object.hasOwn(object, key)) return true;
  const value = peek(object, String(key));
  return value !== null && typeof value !== "object" && typeof value !== "function";
}

function isElement(object: object, key: unknown): boolean {
  return object instanceof ArrayBuffer || (Array.isArray(object) && /^\d+$/.test(String(key)));
}

function callersOf(frame: Frame): Caller | null {
  const frames: Frame[] = [];
  for (let f = frame.parent; f !== null && frames.length < MAX_CALLERS; f = f.parent) frames.push(f);
  return frames.reduceRight<Caller | null>((parent, { fn, pc }) => ({ fn, pc, parent }), null);
}

export function placeOf(fn: Caller["fn"], pc: number, model: ReadonlySet<CompiledModule>): Place {
  const { line, column } = fn.module.pcs[pc] ?? fn.range;
  return { file: fn.module.file, line, column, fn: fn.name, model: model.has(fn.module) };
}

/** What the author calls the word. */
function nameOf(object: object, key: unknown): string {
  if (object instanceof ArrayBuffer) return `byte ${String(key)} of a buffer`;
  if (Array.isArray(object))
    return key === CONTENT
      ? "an array"
      : /^\d+$/.test(String(key))
        ? `element ${String(key)} of an array`
        : String(key);
  const owner = object.constructor?.name ?? "Object";
  if (key === CONTENT) return `a ${owner}`;
  return owner === "Object" ? `.${String(key)}` : `${owner}.${String(key)}`;
}
