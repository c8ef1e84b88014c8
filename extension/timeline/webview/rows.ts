/** Where each track is drawn, and what stands at a place of the picture. */
import type { Item, LaneSlice, TrackSlice } from "../../../debug-adapter/messages/timeline.ts";

export interface Row {
  readonly lane: LaneSlice;
  /** The lane's title stands beside it. */
  readonly first: boolean;
  readonly track: TrackSlice;
  readonly top: number;
}

export const ROW_HEIGHT = 16;
const LANE_GAP = 10;

export interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
}

export function layOut(lanes: readonly LaneSlice[]): Rows {
  const rows: Row[] = [];
  let top = LANE_GAP / 2;
  for (const lane of lanes) {
    for (const track of lane.tracks) {
      rows.push({ lane, first: rows.at(-1)?.lane !== lane, track, top });
      top += ROW_HEIGHT;
    }
    top += LANE_GAP;
  }
  return { rows, height: top };
}

/** Number of the first item that ends at or after a place. */
export function firstAt(items: readonly Item[], at: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]![1] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The item under a point, or one at most `reach` (in units of the axis) beside it. */
export function itemAt(
  rows: readonly Row[],
  at: number,
  y: number,
  reach: number,
): { row: Row; item: Item } | null {
  const row = rows.find(({ top }) => y >= top && y < top + ROW_HEIGHT);
  if (row === undefined) return null;
  const { items } = row.track;
  let found: Item | null = null;
  let distance = reach;
  for (let i = firstAt(items, at - reach); i < items.length; i++) {
    const item = items[i]!;
    if (item[0] > at + reach) break;
    const away = Math.max(item[0] - at, at - item[1], 0);
    if (away <= distance) [found, distance] = [item, away];
  }
  return found === null ? null : { row, item: found };
}
