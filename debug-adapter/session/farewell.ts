/** The end that the user asks for: interfaces are closed, the model is unloaded and judged, and nothing stops on the way. */
import type { StopInfo } from "../../sim/machine/debugger.ts";
import { freeze, frozenCpus, leaveUserSpace } from "./cpuControl.ts";
import type { Session } from "./session.ts";

/** The teardown of a run gets so long. */
const TEARDOWN_MS = 1_500;

export class Farewell {
  readonly #session: Session;
  #state: "no" | "asked" | "under way" = "no";

  constructor(session: Session) {
    this.#session = session;
  }

  /** The end was asked for. */
  get underWay(): boolean {
    return this.#state !== "no";
  }

  /** Another program runs. */
  clear(): void {
    this.#state = "no";
  }

  /** User space ends at its next system call. Asked a second time, or where nothing can run any more: at once. */
  ask(): void {
    const { run, stopped, started } = this.#session;
    if (run === null || !started || this.underWay || run.noDebug || run.machine.ended !== null) {
      this.#session.finish("halted");
      return;
    }
    this.#state = "asked";
    if (stopped) this.#leave();
    else if (this.#session.journeys.underWay) this.#session.journeys.cancel();
    else run.pause();
  }

  /** The run stands: it goes on to its end, if that was asked for. False if it was not. */
  sees(stop: StopInfo): boolean {
    if (this.#state === "no") return false;
    if (this.#state === "asked") this.#leave();
    else if (stop.reason === "stalled") this.#session.finish("halted");
    else this.#session.resume();
    return true;
  }

  #leave(): void {
    const session = this.#session;
    this.#state = "under way";
    const { run } = session;
    setTimeout(() => {
      if (session.ended || session.run !== run) return;
      session.output("console", "The model does not come to an end: it is stopped where it is.\n");
      session.finish("halted");
    }, TEARDOWN_MS).unref();
    session.output(
      "console",
      "The run is being brought to its end: interfaces are closed, the model is unloaded.\n",
    );
    session.intervene("terminate", leaveUserSpace);
    for (const cpu of frozenCpus(session.live)) freeze(session, [cpu], false);
    session.breakpoints.rest(session.live);
    session.resume();
  }
}
