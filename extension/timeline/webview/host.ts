/** The way from the page to the extension. */
import type { AskName, Asks, FromPage, ToPage } from "../messages.ts";

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export type News = Exclude<ToPage, { kind: "answer" | "refused" }>;

interface Open {
  readonly answered: (body: never) => void;
  readonly refused: (error: Error) => void;
}

export class Host {
  readonly #api = acquireVsCodeApi();
  readonly #open = new Map<number, Open>();
  #next = 1;

  constructor(news: (message: News) => void) {
    window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
      if (data.kind !== "answer" && data.kind !== "refused") {
        news(data);
        return;
      }
      const open = this.#open.get(data.id);
      this.#open.delete(data.id);
      if (data.kind === "answer") open?.answered(data.body as never);
      else open?.refused(new Error(data.reason));
    });
  }

  /** Asks the debug adapter. Rejects with its words when it refuses. */
  ask<Name extends AskName>(name: Name, args: Asks[Name]["args"]): Promise<Asks[Name]["answer"]> {
    const id = this.#next++;
    return new Promise((answered, refused) => {
      this.#open.set(id, { answered, refused });
      this.tell({ kind: "ask", id, name, args });
    });
  }

  tell(message: FromPage): void {
    this.#api.postMessage(message);
  }

  get state(): unknown {
    return this.#api.getState();
  }

  set state(state: unknown) {
    this.#api.setState(state);
  }
}
