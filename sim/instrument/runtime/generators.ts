import { GEN, type Monitor, type Resumable } from "../monitor.ts";
import type { ShadowFrame } from "./frame.ts";
import { type AnyFunction, call, isObject, setHidden, type Twin } from "./values.ts";

/** What tells the program's own `yield` from a pause of the machine: it is yielded in place of the value. */
class Marker {
  value: unknown = undefined;
  /** The argument of the last `return()`, for `yield*`. */
  returned: unknown = undefined;
  give(value?: unknown): this {
    this.value = value;
    return this;
  }
}

export const marker = new Marker();

type How = "next" | "throw" | "return";

/** One generator object of the program. */
interface State {
  readonly inner: Generator<unknown, unknown, unknown>;
  readonly monitor: Monitor;
  running: boolean;
  started: boolean;
  ended: boolean;
  frame: ShadowFrame | null;
}

/** A generator function: its inner generator and the wrapper that programs see. */
export interface GeneratorSite {
  readonly g: Twin;
  w: AnyFunction | null;
  readonly m: Monitor;
}

const states = new WeakMap<object, State>();

function stateOf(object: unknown, how: How): State {
  const state = isObject(object) ? states.get(object) : undefined;
  if (state === undefined)
    throw new TypeError(`${how} method called on incompatible receiver ${String(object)}`);
  return state;
}

/** Goes on with a generator of the program until it yields a value, returns or throws; pauses of the machine pass. */
function* drive(state: State, how: How, argument: unknown): Resumable<IteratorResult<unknown>> {
  if (state.running) throw new TypeError("Generator is already running");
  if (!state.started && how !== "next") state.ended = true;
  if (state.ended) {
    if (how === "throw") throw argument;
    return { value: how === "return" ? argument : undefined, done: true };
  }
  const { monitor, inner } = state;
  const top = monitor.top as ShadowFrame | null;
  enter(state, top, monitor);
  try {
    if (how === "return") marker.returned = argument;
    let result = inner[how](argument as never);
    while (!result.done && result.value !== marker) {
      try {
        yield;
      } catch (error) {
        result = inner.throw(error);
        continue;
      }
      result = inner.next();
    }
    if (result.done) state.ended = true;
    else state.frame = monitor.top as ShadowFrame | null;
    return { value: result.done ? result.value : marker.value, done: result.done === true };
  } catch (error) {
    state.ended = true;
    throw error;
  } finally {
    state.running = false;
    monitor.top = top;
  }
}

function enter(state: State, top: ShadowFrame | null, monitor: Monitor): void {
  state.running = true;
  state.started = true;
  const frame = state.frame;
  if (frame === null) return;
  frame.parent = top;
  frame.depth = top === null ? 1 : top.depth + 1;
  monitor.top = frame;
}

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

/** What generator objects of the program inherit from. */
export const GeneratorPrototype = Object.create(IteratorPrototype) as object;

for (const how of ["next", "return", "throw"] as const) {
  const method = {
    [how](this: unknown, argument: unknown): unknown {
      const state = stateOf(this, how);
      return state.monitor.runNested(drive(state, how, argument));
    },
  }[how]!;
  setHidden(method, GEN, function* (this: unknown, argument: unknown): Resumable {
    return yield* drive(stateOf(this, how), how, argument);
  });
  setHidden(GeneratorPrototype, how, method);
}
Object.defineProperty(GeneratorPrototype, Symbol.toStringTag, { value: "Generator", configurable: true });

function create(
  site: GeneratorSite,
  self: unknown,
  args: ArrayLike<unknown>,
): { object: object; state: State } {
  const wanted = (site.w as { prototype?: unknown } | null)?.prototype;
  const object = Object.create(isObject(wanted) ? wanted : GeneratorPrototype) as object;
  const inner = Reflect.apply(site.g, self, args) as Generator<unknown, unknown, unknown>;
  const state = { inner, monitor: site.m, running: false, started: false, ended: false, frame: null };
  states.set(object, state);
  return { object, state };
}

/** Calls a generator function natively. */
export function generate(site: GeneratorSite, self: unknown, args: ArrayLike<unknown>): object {
  return site.m.runNested(generateResumably(site, self, args));
}

function* generateResumably(site: GeneratorSite, self: unknown, args: ArrayLike<unknown>): Resumable<object> {
  const { object, state } = create(site, self, args);
  if (!(site.g as { primes?: boolean }).primes) return object;
  yield* drive(state, "next", undefined);
  state.started = false;
  return object;
}

/** Marks a generator whose parameters are evaluated at the call, up to a first yield. */
export function primed(generator: Twin): Twin {
  (generator as { primes?: boolean }).primes = true;
  return generator;
}

const GeneratorFunctionPrototype = Object.getPrototypeOf(function* () {}) as object;

/** Makes the wrapper of a generator function what the language says of generator functions. */
export function stampGenerator(wrapper: AnyFunction, site: GeneratorSite): AnyFunction {
  site.w = wrapper;
  Object.setPrototypeOf(wrapper, GeneratorFunctionPrototype);
  const prototype = Object.create(GeneratorPrototype) as object;
  Object.defineProperty(wrapper, "prototype", { value: prototype, writable: true });
  setHidden(wrapper, GEN, function* (this: unknown, ...args: unknown[]): Resumable {
    return yield* generateResumably(site, this, args);
  });
  return wrapper;
}

/** A `return()` that went through `yield*`: ends the generator after its `finally` blocks, and no `catch` sees it. */
export class ReturnSignal {
  constructor(readonly value: unknown) {}
}

function endByReturn(value: unknown): never {
  throw new ReturnSignal(value);
}

function notObject(result: unknown): never {
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}

/** `yield* iterable` in a generator of the program. */
export function* delegate(iterable: unknown): Generator<unknown, unknown, never> {
  const method = (iterable as { [Symbol.iterator]?: unknown } | null | undefined)?.[Symbol.iterator];
  if (typeof method !== "function") throw new TypeError(`${String(iterable)} is not iterable`);
  const iterator = yield* call(method, iterable, []);
  if (!isObject(iterator)) throw new TypeError("Result of the Symbol.iterator method is not an object");
  const next = (iterator as { next?: unknown }).next;
  let result = yield* call(next, iterator, [undefined]);
  for (;;) {
    if (!isObject(result)) notObject(result);
    if ((result as { done?: unknown }).done) return (result as { value?: unknown }).value;
    let how: How = "return";
    let received: unknown;
    try {
      received = (yield marker.give((result as { value?: unknown }).value)) as unknown;
      how = "next";
    } catch (error) {
      received = error;
      how = "throw";
    } finally {
      if (how === "return") {
        const value = marker.returned;
        const close = (iterator as { return?: unknown }).return;
        if (close === undefined || close === null) endByReturn(value);
        result = yield* call(close, iterator, [value]);
        if (!isObject(result)) notObject(result);
        if ((result as { done?: unknown }).done) endByReturn((result as { value?: unknown }).value);
        // biome-ignore lint/correctness/noUnsafeFinally: the inner iterator goes on
        continue;
      }
    }
    result = yield* how === "next" ? call(next, iterator, [received]) : throwInto(iterator, received);
  }
}

function* throwInto(iterator: object, error: unknown): Resumable {
  const method = (iterator as { throw?: unknown }).throw;
  if (method !== undefined && method !== null) return yield* call(method, iterator, [error]);
  const close = (iterator as { return?: unknown }).return;
  if (close !== undefined && close !== null) yield* call(close, iterator, []);
  throw new TypeError("The iterator does not provide a 'throw' method.");
}
