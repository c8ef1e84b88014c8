/** One row of a lane: things that happened one after the other, never two at a time. */
import type { ItemKind } from "../messages/timeline.ts";

/** Something that was recorded. Without `end` it is still going on; a mark ends where it begins. */
export interface Entry {
  /** Number of its event. */
  readonly n: number;
  readonly timeNs: number;
  readonly track: Track;
  readonly text: string;
  end: { readonly n: number; readonly timeNs: number } | null;
}

export class Track {
  readonly lane: string;
  /** CPU of the lane, or -1. */
  readonly cpu: number;
  readonly kind: ItemKind;
  readonly row: number;
  readonly entries: Entry[] = [];

  constructor(lane: string, cpu: number, kind: ItemKind, row: number) {
    this.lane = lane;
    this.cpu = cpu;
    this.kind = kind;
    this.row = row;
  }

  /** Something goes on in it. */
  get busy(): boolean {
    const last = this.entries.at(-1);
    return last !== undefined && last.end === null;
  }
}
