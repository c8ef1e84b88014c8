/** Moments to which the user has given names. */
import { UserError } from "../errors.ts";
import type { Moment } from "../time/moment.ts";

export interface Checkpoint {
  readonly name: string;
  readonly timeline: number;
  readonly tick: number;
  readonly timeNs: number;
  readonly moment: Moment;
}

export class Checkpoints {
  readonly #byName = new Map<string, Checkpoint>();

  /** A name that is used again means the new moment. */
  set(checkpoint: Checkpoint): void {
    if (checkpoint.name.trim() === "") throw new UserError("a checkpoint needs a name");
    this.#byName.set(checkpoint.name, checkpoint);
  }

  delete(name: string): void {
    this.get(name);
    this.#byName.delete(name);
  }

  /** Throws a UserError if there is none of that name. */
  get(name: string): Checkpoint {
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    const known = [...this.#byName.keys()].join(", ");
    throw new UserError(`there is no checkpoint "${name}"${known === "" ? "" : `; there are ${known}`}`);
  }

  /** In the order of time. */
  list(): Checkpoint[] {
    return [...this.#byName.values()].sort((a, b) => a.timeNs - b.timeNs || a.tick - b.tick);
  }

  clear(): void {
    this.#byName.clear();
  }
}
