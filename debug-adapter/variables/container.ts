/** Things that a client can expand: scopes, objects, arrays, maps; each knows how to list and change its parts. */
import type { Place } from "../../sim/machine/events.ts";
import type { Target } from "../watchpoints/target.ts";
import type { Expandable } from "./handles.ts";

/** One line under an expanded thing. */
export interface Part {
  readonly name: string;
  /** How the tree finds it again; default: its name. */
  readonly key?: string;
  readonly value: string;
  readonly type?: string;
  /** What it expands to, if it can be expanded. */
  readonly container?: Container;
  /** An expression that gives the same value, if there is one. */
  readonly evaluateName?: string;
  readonly readOnly?: boolean;
  readonly kind?: "property" | "method" | "data" | "virtual";
  /** Where it comes from (a lock: where it was taken). */
  readonly place?: Place | null;
  /** Looking at it costs something or has an effect: clients ask for it one by one. */
  readonly lazy?: boolean;
  /** Address of its memory, for clients that show bytes. */
  readonly memoryReference?: string;
  /** What a data breakpoint on it watches, where that is no property or variable of the program. */
  readonly watch?: Target;
}

export interface Counts {
  /** Parts that are reached by name. */
  readonly named: number;
  /** Parts that are reached by number: clients page through them. */
  readonly indexed: number;
}

export interface Container extends Expandable {
  /** The object of the program whose parts these are, if it is one. */
  readonly object?: object;
  count(): Counts;
  /** Named parts from `start`, at most `count`. */
  named(start: number, count: number): Part[];
  indexed(start: number, count: number): Part[];
  part(key: string): Container | undefined;
  /** Changes a part; throws a UserError if that is impossible. Absent: nothing can be changed. */
  set?(name: string, value: unknown): void;
  /** The part as it is now, for the answer to a change. */
  find?(name: string): Part | undefined;
}

/** A container whose parts are few and are all made at once. */
export abstract class SmallContainer implements Container {
  abstract parts(): Part[];

  count(): Counts {
    return { named: this.parts().length, indexed: 0 };
  }

  named(start: number, count: number): Part[] {
    return this.parts().slice(start, start + count);
  }

  indexed(): Part[] {
    return [];
  }

  part(key: string): Container | undefined {
    return this.parts().find((part) => (part.key ?? part.name) === key)?.container;
  }

  find(name: string): Part | undefined {
    return this.parts().find((part) => part.name === name);
  }
}

/** Parts that are given. */
export class FixedContainer extends SmallContainer {
  readonly #make: () => Part[];

  constructor(make: () => Part[]) {
    super();
    this.#make = make;
  }

  parts(): Part[] {
    return this.#make();
  }
}
