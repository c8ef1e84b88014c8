/** Places that values lead to: the function that a callback is, the line where a lock was taken. */
import type { Place } from "../../sim/machine/events.ts";

export class Locations {
  readonly #numbers = new Map<string, number>();
  readonly #places: Place[] = [];

  /** The same place has the same number throughout a session. */
  of(place: Place): number {
    const key = `${place.file}:${place.line}:${place.column}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#places.push(place);
    this.#numbers.set(key, number);
    return number;
  }

  get(number: number): Place | undefined {
    return this.#places[number - 1];
  }
}
