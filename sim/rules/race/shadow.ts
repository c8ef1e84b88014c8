/** What is remembered of the accesses to one word: the last store, and the loads since that are not ordered. */
import type { FunctionInfo } from "../../instrument/monitor.ts";
import type { Context, CpuId } from "../../machine/model.ts";
import type { Callback } from "../state/callbacks.ts";
import type { HeldLock } from "../state/held-locks.ts";
import type { VectorClock } from "./clock.ts";

/** A call on the way to an access. */
export interface Caller {
  readonly fn: FunctionInfo;
  readonly pc: number;
  readonly parent: Caller | null;
}

/** Who made an access, when and where. */
export interface Access {
  readonly strand: number;
  readonly time: number;
  readonly write: boolean;
  /** A store of a value that was computed from what the word held before. */
  readonly update: boolean;
  readonly fn: FunctionInfo;
  readonly pc: number;
  readonly callers: Caller | null;
  readonly held: readonly HeldLock[];
  readonly context: Context;
  readonly callback: Callback | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

export class Word {
  store: Access | null = null;
  loads: Access[] = [];
  /** What a load of the last store's value teaches after a barrier. */
  published: VectorClock | null = null;
  /** Its race has been told. */
  reported = false;
}

/** The words of the run's objects. */
export class Shadow {
  readonly #objects = new WeakMap<object, Map<unknown, Word>>();
  #last: object | null = null;
  #words!: Map<unknown, Word>;

  word(object: object, key: unknown): Word {
    if (object !== this.#last) {
      let words = this.#objects.get(object);
      if (words === undefined) {
        words = new Map();
        this.#objects.set(object, words);
      }
      this.#last = object;
      this.#words = words;
    }
    let word = this.#words.get(key);
    if (word === undefined) {
      word = new Word();
      this.#words.set(key, word);
    }
    return word;
  }
}
