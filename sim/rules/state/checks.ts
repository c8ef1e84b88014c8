/**
 * Which words a callback has looked at without a lock, and which of them others have changed since: what it decides by them
 * under a lock may be wrong by then. Known only where accesses are watched (data races).
 */
import type { Context } from "../../machine/model.ts";
import { isModelLock } from "../help.ts";
import type { Access } from "../race/shadow.ts";
import type { Listeners } from "../rule.ts";
import type { Callbacks } from "./callbacks.ts";
import type { HeldLocks } from "./held-locks.ts";

/** A look without a lock that another one's store has overtaken. */
export interface StaleCheck {
  readonly look: Access;
  readonly change: Access;
}

export class UnlockedChecks {
  readonly #locks: HeldLocks;
  readonly #callbacks: Callbacks;
  /** By context: words that its callback has seen without a lock. */
  readonly #seen = new Map<Context, Map<object, Access>>();
  readonly #stale = new Map<Context, StaleCheck[]>();
  /** When a context took a lock of the model last. */
  readonly #locked = new Map<Context, number>();

  constructor(locks: HeldLocks, callbacks: Callbacks) {
    this.#locks = locks;
    this.#callbacks = callbacks;
  }

  readonly listeners: Listeners = {
    "lock-acquired": (event) => {
      if (isModelLock(event.lock) && this.#seen.has(event.context))
        this.#locked.set(event.context, event.point);
    },
    "callback-left": (event) => {
      this.#seen.delete(event.context);
      this.#stale.delete(event.context);
      this.#locked.delete(event.context);
    },
  };

  load(context: Context, word: object, make: () => Access): void {
    if (this.#callbacks.current(context.task, context) === null) return;
    if (this.#locks.inContext(context).some((held) => isModelLock(held.lock))) return;
    let words = this.#seen.get(context);
    if (words === undefined) {
      words = new Map();
      this.#seen.set(context, words);
    }
    const before = words.get(word);
    words.set(word, make());
    // it has looked again
    const stale = before && this.#stale.get(context);
    if (stale !== undefined)
      this.#stale.set(
        context,
        stale.filter(({ look }) => look !== before),
      );
  }

  store(context: Context, word: object, make: () => Access): void {
    for (const [other, words] of this.#seen) {
      const look = other === context ? undefined : words.get(word);
      if (look === undefined) continue;
      const stale = this.#stale.get(other) ?? [];
      this.#stale.set(other, [...stale, { look, change: make() }]);
    }
  }

  /** What the context has looked at too early, if it has taken a lock since. */
  of(context: Context): StaleCheck | null {
    const locked = this.#locked.get(context);
    if (locked === undefined) return null;
    return this.#stale.get(context)?.find(({ look }) => look.tick <= locked) ?? null;
  }
}
