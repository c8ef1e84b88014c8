/** `netdev-lab/timeline` and `netdev-lab/events`: what was recorded, as a picture and as text. */

/** Along what the timeline is drawn: virtual time, or the number of events (which shows what idle time would hide). */
export type Axis = "time" | "events";

export type ItemKind =
  | "process"
  | "softirq"
  | "hardirq"
  | "callback"
  | "lock"
  | "wait"
  | "mark"
  | "packet"
  | "device"
  | "violation";

export interface Filter {
  /**
   * Only items whose text contains this, whatever the case: a lock, a packet, a function. A number is a whole one:
   * `skb 1` is not in `skb 12`.
   */
  readonly text?: string;
  /** Only the lane of this CPU, and what belongs to none. */
  readonly cpu?: number;
}

export interface TimelineArguments {
  readonly axis?: Axis;
  /** Left and right edge on the axis; everything if they are left out. */
  readonly from?: number;
  readonly to?: number;
  /** Width of the picture in pixels: what is narrower is put together. Default 1,000. */
  readonly columns?: number;
  readonly filter?: Filter;
}

/** [left, right, number of its text in `names`, how many items it stands for, number of its (first) event]. */
export type Item = readonly [from: number, to: number, name: number, count: number, event: number];

/** One row of a lane. Its items are in order and do not overlap. */
export interface TrackSlice {
  readonly kind: ItemKind;
  readonly row: number;
  readonly items: readonly Item[];
}

export interface LaneSlice {
  /** `cpu0`, `nic 0000:00:03.0`, `wire`. */
  readonly id: string;
  readonly title: string;
  readonly tracks: readonly TrackSlice[];
}

export interface TimelineSlice {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  /** All that has been recorded. */
  readonly extent: { readonly from: number; readonly to: number };
  /** Where the debugger stands. */
  readonly now: number;
  readonly events: number;
  /** Something was too much to be kept: the recording ends at this event. */
  readonly cutAt: number | null;
  /** Number of the timeline (a change of the past begins another one). */
  readonly timeline: number;
  readonly names: readonly string[];
  readonly lanes: readonly LaneSlice[];
}

export interface EventsArguments {
  /** Number of the first event wanted; default 0. */
  readonly from?: number;
  /** Looks backwards from there. */
  readonly backwards?: boolean;
  readonly count?: number;
  readonly filter?: Filter;
  readonly kinds?: readonly ItemKind[];
}

export interface EventRow {
  readonly event: number;
  readonly timeNs: number;
  readonly lane: string;
  readonly kind: ItemKind;
  readonly text: string;
  /** Row of its kind in the lane: what is in one row does not overlap. */
  readonly row: number;
  /** How long it lasted; null for what has no length or is not over. */
  readonly lastsNs: number | null;
  /** It is not over. */
  readonly open: boolean;
}

export interface EventRows {
  readonly rows: readonly EventRow[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
  readonly total: number;
}
