/** Where steps forwards began: a step back from where one ended undoes it exactly. */
import type { StopInfo } from "../../sim/machine/debugger.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import type { Step } from "../session/run.ts";
import { type Moment, momentKey } from "./moment.ts";

export class StepStarts {
  /** CPU and moment of a step's end → the moment of its start. */
  readonly #starts = new Map<string, { readonly end: Moment; readonly start: Moment }>();
  #stepping: { readonly cpu: CpuId; readonly start: Moment } | null = null;

  /** The run goes on, with a step or without. */
  begins(step: Step | undefined, start: Moment): void {
    this.#stepping = step?.mode === "over" ? { cpu: step.cpu, start } : null;
  }

  /** The run stands again. */
  ends({ reason, cpu }: StopInfo, end: Moment): void {
    const step = this.#stepping;
    this.#stepping = null;
    if (step !== null && reason === "step" && cpu === step.cpu)
      this.#starts.set(`${cpu} ${momentKey(end)}`, { end, start: step.start });
  }

  /** Where the step began that ended there; null if none did. */
  of(cpu: CpuId, end: Moment): Moment | null {
    return this.#starts.get(`${cpu} ${momentKey(end)}`)?.start ?? null;
  }

  /** What came after a moment will come otherwise. */
  forgetAfter(moment: Moment): void {
    for (const [key, { end }] of this.#starts) if (end.ticks > moment.ticks) this.#starts.delete(key);
  }

  clear(): void {
    this.#starts.clear();
    this.#stepping = null;
  }
}
