// A protocol state machine driven by tables of methods, symbols as states, guards and a history getter.
const [IDLE, SENDING, WAITING, FAILED] = ["idle", "sending", "waiting", "failed"].map((d) => Symbol(d)) as [symbol, symbol, symbol, symbol];
type Event_ = { type: "xmit"; len: number } | { type: "ack" } | { type: "timeout" } | { type: "reset" };
class Sender {
  static #limit = 3;
  #state = IDLE;
  #retries = 0;
  #trail: symbol[] = [];
  stats = { packets: 0, bytes: 0, errors: 0 };
  get history() {
    return [...this.#trail, this.#state].map((s) => s.description![0]).join("");
  }
  set #next(s: symbol) {
    this.#trail.push(this.#state);
    this.#state = s;
  }
  #table: { [state: symbol]: { [type: string]: (this: Sender, e: any) => void } } = {
    [IDLE]: {
      xmit({ len }) {
        if (len > 1500) throw new RangeError(`len ${len}`);
        this.stats.packets++;
        this.stats.bytes += len;
        this.#next = SENDING;
        this.handle({ type: "ack" });
      },
    },
    [SENDING]: { ack: () => (this.#next = WAITING) },
    [WAITING]: {
      ack() {
        this.#retries = 0;
        this.#next = IDLE;
      },
      timeout() {
        this.stats.errors++;
        this.#next = ++this.#retries >= Sender.#limit ? FAILED : WAITING;
      },
    },
    [FAILED]: { reset: () => ([this.#next, this.#retries] = [IDLE, 0]) },
  };
  handle(e: Event_): this {
    const handler = this.#table[this.#state]?.[e.type];
    if (!handler) throw new TypeError(`${e.type} in ${this.#state.description}`);
    handler.call(this, e);
    return this;
  }
}
export function main(log: Log): unknown {
  const s = new Sender();
  const script: Event_[] = [{ type: "xmit", len: 60 }, { type: "ack" }, { type: "xmit", len: 9000 }, { type: "ack" }, { type: "xmit", len: 100 }, ...Array.from({ length: 4 }, () => ({ type: "timeout" }) as const), { type: "reset" }];
  for (const [i, e] of script.entries())
    try {
      s.handle(e);
    } catch (error) {
      log(i, `${error}`);
      if (error instanceof RangeError) continue;
    } finally {
      log(s.history.at(-1));
    }
  return [s.history, s.stats];
}
