/** Tells a client that shows progress of a journey that takes a while, and lets it end the journey. */
import type { Session } from "../session/session.ts";

/** A shorter journey is over before anybody could read of it. */
const LONG_MS = 500;
const BETWEEN_UPDATES_MS = 200;

export class Progress {
  readonly id: string;
  readonly #session: Session;
  readonly #title: string;
  readonly #askedBy: number | null;
  readonly #timer: NodeJS.Timeout | null;
  #shown = false;
  #lastMs = 0;

  constructor(session: Session, id: string, title: string, askedBy: number | null) {
    this.#session = session;
    this.id = id;
    this.#title = title;
    this.#askedBy = askedBy;
    this.#timer = session.client.supportsProgress ? setTimeout(() => this.#show(), LONG_MS) : null;
  }

  /** The journey has come to statement `at` of `of`. */
  passes(at: number, of: number): void {
    const now = performance.now();
    if (!this.#shown || now - this.#lastMs < BETWEEN_UPDATES_MS) return;
    this.#lastMs = now;
    const message = `statement ${at} of ${of}`;
    const percentage = Math.min(100, Math.round((100 * at) / Math.max(1, of)));
    this.#session.event("progressUpdate", { progressId: this.id, message, percentage });
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#shown) this.#session.event("progressEnd", { progressId: this.id });
    this.#shown = false;
  }

  #show(): void {
    if (this.#session.ended) return;
    this.#shown = true;
    this.#session.event("progressStart", {
      progressId: this.id,
      title: this.#title,
      cancellable: true,
      ...(this.#askedBy === null ? {} : { requestId: this.#askedBy }),
    });
  }
}
