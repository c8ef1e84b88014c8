import { GEN, NEW, type Resumable } from "../monitor.ts";
import { construct } from "./construct.ts";
import { call, type NewTwin } from "./values.ts";

/** Proxies of programs: looking for accessors must not run their traps. */
const proxies = new WeakSet<object>();

/** Most programs have none: then nothing need be looked up. */
let any = false;

export const isProxy = (object: object): boolean => any && proxies.has(object);

function note(proxy: object): void {
  any = true;
  proxies.add(proxy);
}

type Handler = ProxyHandler<object>;

/** The traps of a proxy for a function answer resumable calls, too: its twins run them. */
function withTwins(target: object, handler: Handler, self: () => object): Handler {
  if (typeof target !== "function") return handler;
  function* twin(this: unknown, ...args: unknown[]): Resumable {
    const trap: unknown = handler.apply;
    if (trap === undefined || trap === null) return yield* call(target, this, args);
    return yield* call(trap, handler, [target, this, args]);
  }
  const made: NewTwin = function* (newTarget, args): Resumable {
    const trap: unknown = handler.construct;
    if (trap === undefined || trap === null) return yield* construct(target, args, newTarget);
    const object = yield* call(trap, handler, [target, Array.from(args), newTarget]);
    if (typeof object !== "object" || object === null)
      throw new TypeError("proxy [[Construct]] must return an object");
    return object;
  };
  const get = (of: object, key: PropertyKey, receiver: unknown): unknown => {
    if (key === GEN) return twin;
    if (key === NEW) {
      made.owner = self();
      return made;
    }
    return handler.get ? handler.get(of, key as string | symbol, receiver) : Reflect.get(of, key, receiver);
  };
  return Object.create(handler, { get: { value: get } }) as Handler;
}

function make(target: object, handler: Handler): object {
  const proxy: object = new Proxy(
    target,
    withTwins(target, handler, () => proxy),
  );
  note(proxy);
  return proxy;
}

function revocable(target: object, handler: Handler): { proxy: object; revoke: () => void } {
  const made: { proxy: object; revoke: () => void } = Proxy.revocable(
    target,
    withTwins(target, handler, () => made.proxy),
  );
  note(made.proxy);
  return made;
}

/** `Proxy` as programs see it. */
export const ProgramProxy: unknown = new Proxy(Proxy, {
  construct: (_proxy, [target, handler]: unknown[]) => make(target as object, handler as Handler),
  get: (proxy, key, receiver) => (key === "revocable" ? revocable : Reflect.get(proxy, key, receiver)),
});
