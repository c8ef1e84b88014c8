/** Something that stops a run, told in words: data was accessed, an interrupt came in. */
import type { CpuId } from "../../sim/machine/model.ts";
import type { Moment } from "../time/moment.ts";

export class Happening {
  /** Breakpoints that wanted to see it. */
  readonly ids: readonly number[];
  /** Who did it. */
  readonly cpu: CpuId;
  readonly text: string;
  /** Before the statement that did it. */
  readonly before: Moment;

  constructor(ids: readonly number[], cpu: CpuId, text: string, before: Moment) {
    this.ids = ids;
    this.cpu = cpu;
    this.text = text;
    this.before = before;
  }
}
