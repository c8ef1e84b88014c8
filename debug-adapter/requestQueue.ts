/**
 * Requests wait here for their turn: they are answered one after the other, in the order in which they came. One that is
 * still waiting can be taken back by `cancel`, which itself does not wait.
 */
import type { IncomingRequest } from "./protocol.ts";

/** What is done with a request. */
interface Desk {
  /** Resolves when the request has been answered. */
  dispatch(request: IncomingRequest): Promise<void>;
  /** It was taken back before its turn. */
  refuse(request: IncomingRequest): void;
}

export class RequestQueue {
  readonly #waiting: IncomingRequest[] = [];
  readonly #desk: Desk;
  readonly #more: () => IncomingRequest | undefined;
  #busy = false;

  /** `more` hands out requests that have come in meanwhile. */
  constructor(desk: Desk, more: () => IncomingRequest | undefined) {
    this.#desk = desk;
    this.#more = more;
  }

  async add(request: IncomingRequest): Promise<void> {
    this.#take(request);
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      for (let late = this.#more(); late !== undefined; late = this.#more()) this.#take(late);
      const next = this.#waiting.shift();
      if (next === undefined) break;
      await this.#desk.dispatch(next);
    }
    this.#busy = false;
  }

  #take(request: IncomingRequest): void {
    if (request.command !== "cancel") {
      this.#waiting.push(request);
      return;
    }
    const { requestId } = (request.arguments ?? {}) as { requestId?: unknown };
    const at = this.#waiting.findIndex(({ seq }) => seq === requestId);
    if (at >= 0) this.#desk.refuse(this.#waiting.splice(at, 1)[0]!);
    this.#waiting.unshift(request);
  }
}
