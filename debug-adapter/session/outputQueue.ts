/** Output on its way to the client. A program that prints in a tight loop must not drown the client in messages. */
import { platform } from "../platform/platform.ts";
import type { Dap } from "../protocol.ts";

type Output = Dap.OutputEvent["body"];

/** So many messages in one slice of the run are sent one by one; further ones of the same place are put together. */
const SINGLE = 50;

export class OutputQueue {
  readonly #send: (body: Output) => void;
  #sent = 0;
  #held: Output | null = null;
  #scheduled = false;

  constructor(send: (body: Output) => void) {
    this.#send = send;
  }

  add(output: Output): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      // The run lets this happen only between two of its slices.
      platform().soon(() => this.#sliceEnded());
    }
    if (this.#sent++ < SINGLE) {
      this.#send(output);
      return;
    }
    const held = this.#held;
    if (held !== null && samePlace(held, output)) {
      held.output += output.output;
      return;
    }
    this.flush();
    this.#held = { ...output };
  }

  /** Sends what is held back: something else is about to be sent. */
  flush(): void {
    if (this.#held === null) return;
    const held = this.#held;
    this.#held = null;
    this.#send(held);
  }

  #sliceEnded(): void {
    this.#scheduled = false;
    this.#sent = 0;
    this.flush();
  }
}

function samePlace(a: Output, b: Output): boolean {
  return a.category === b.category && a.line === b.line && a.source?.path === b.source?.path;
}
