/** A stretch of a recording at the resolution of a picture: what is narrower than a pixel is put together. */
import type {
  Axis,
  EventRow,
  EventRows,
  EventsArguments,
  Filter,
  ItemKind,
  LaneSlice,
  TimelineArguments,
  TimelineSlice,
  TrackSlice,
} from "../messages/timeline.ts";
import type { Recording } from "./recording.ts";
import type { Entry, Track } from "./track.ts";

/** Rows of a lane from top to bottom. */
const KINDS: readonly ItemKind[] = [
  "violation",
  "process",
  "softirq",
  "hardirq",
  "callback",
  "lock",
  "wait",
  "packet",
  "mark",
  "device",
];
const COLUMNS = 1_000;
const MOST_COLUMNS = 10_000;
const ROWS = 500;
const MOST_ROWS = 5_000;

/** Where the debugger stands. */
export interface Now {
  readonly event: number;
  readonly timeNs: number;
}

type MutableItem = [from: number, to: number, name: number, count: number, event: number];

export function timelineSlice(
  recording: Recording,
  now: Now,
  timeline: number,
  args: TimelineArguments,
): TimelineSlice {
  const axis = args.axis ?? "time";
  const extent = { from: 0, to: Math.max(1, axis === "time" ? recording.nowNs : recording.next) };
  const from = args.from ?? extent.from;
  const to = Math.max(from + 1e-9, args.to ?? extent.to);
  const columns = Math.min(MOST_COLUMNS, Math.max(1, args.columns ?? COLUMNS));
  const names = new Names();
  const wanted = matcher(args.filter);
  const least = (to - from) / columns;
  const lanes = new Map<string, TrackSlice[]>();
  for (const track of ordered(recording)) {
    if (!shows(track, args.filter)) continue;
    let tracks = lanes.get(track.lane);
    if (tracks === undefined) lanes.set(track.lane, (tracks = []));
    const items = sliceTrack(track, { axis, from, to, least, end: extent.to }, names, wanted);
    tracks.push({ kind: track.kind, row: track.row, items });
  }
  return {
    axis,
    from,
    to,
    extent,
    now: axis === "time" ? now.timeNs : now.event,
    events: recording.next,
    cutAt: recording.cutAt,
    timeline,
    names: names.list,
    lanes: [...lanes].map(([id, tracks]): LaneSlice => ({ id, title: laneTitle(id), tracks })),
  };
}

/** The same as text, a page at a time. */
export function eventRows(recording: Recording, args: EventsArguments): EventRows {
  const { entries } = recording;
  const count = Math.min(MOST_ROWS, Math.max(1, args.count ?? ROWS));
  const wanted = matcher(args.filter);
  const kinds = args.kinds === undefined ? null : new Set(args.kinds);
  const backwards = args.backwards === true;
  const rows: EventRow[] = [];
  let i = firstFrom(entries, args.from ?? (backwards ? Number.POSITIVE_INFINITY : 0));
  if (backwards) i--;
  for (; i >= 0 && i < entries.length && rows.length < count; i += backwards ? -1 : 1) {
    const entry = entries[i]!;
    if (!shows(entry.track, args.filter) || !wanted(entry)) continue;
    if (kinds === null || kinds.has(entry.track.kind)) rows.push(rowOf(entry));
  }
  const next = i >= 0 && i < entries.length ? entries[i]!.n : null;
  return { rows: backwards ? rows.reverse() : rows, next, total: entries.length };
}

function rowOf({ n, timeNs, track, text, end }: Entry): EventRow {
  const { lane, kind, row } = track;
  const lastsNs = end === null || end.n === n ? null : end.timeNs - timeNs;
  return { event: n, timeNs, lane, kind, row, text, lastsNs, open: end === null };
}

interface Window {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  /** What is narrower is put together. */
  readonly least: number;
  /** Where things end that go on. */
  readonly end: number;
}

function sliceTrack(
  { entries }: Track,
  window: Window,
  names: Names,
  wanted: (entry: Entry) => boolean,
): MutableItem[] {
  const byTime = window.axis === "time";
  const items: MutableItem[] = [];
  let longest = 0;
  for (let i = firstEnding(entries, window); i < entries.length; i++) {
    const entry = entries[i]!;
    const from = byTime ? entry.timeNs : entry.n;
    if (from > window.to) break;
    if (!wanted(entry)) continue;
    const to = entry.end === null ? window.end : byTime ? entry.end.timeNs : entry.end.n;
    const last = items.at(-1);
    const narrow = to - from < window.least;
    if (last !== undefined && narrow && to - last[0] < window.least) {
      last[1] = Math.max(last[1], to);
      last[3]++;
      if (to - from > longest) [last[2], longest] = [names.of(entry.text), to - from];
      continue;
    }
    longest = to - from;
    items.push([from, to, names.of(entry.text), 1, entry.n]);
  }
  return items;
}

/** Entries of a track end in the order in which they begin. */
function firstEnding(entries: readonly Entry[], { axis, from }: Window): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { end } = entries[middle]!;
    const at = end === null ? Number.POSITIVE_INFINITY : axis === "time" ? end.timeNs : end.n;
    if (at < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstFrom(entries: readonly Entry[], n: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.n < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ordered(recording: Recording): Track[] {
  const lane = (track: Track): string =>
    track.cpu >= 0 ? `0${String(track.cpu).padStart(3, "0")}` : `1${track.lane}`;
  return [...recording.tracks.values()].sort((a, b) => {
    const [left, right] = [lane(a), lane(b)];
    if (left !== right) return left < right ? -1 : 1;
    return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.row - b.row;
  });
}

function shows(track: Track, filter: Filter | undefined): boolean {
  return filter?.cpu === undefined || track.cpu < 0 || track.cpu === filter.cpu;
}

function matcher(filter: Filter | undefined): (entry: Entry) => boolean {
  const text = filter?.text?.trim() ?? "";
  if (text === "") return () => true;
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(
    `${/^\d/.test(text) ? "(?<!\\d)" : ""}${literal}${/\d$/.test(text) ? "(?!\\d)" : ""}`,
    "i",
  );
  return (entry) => whole.test(entry.text);
}

function laneTitle(id: string): string {
  if (id.startsWith("cpu")) return `CPU ${id.slice(3)}`;
  return id === "wire" ? "Wire" : `NIC ${id.slice(4)}`;
}

class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      this.#numbers.set(text, (number = this.list.length));
      this.list.push(text);
    }
    return number;
  }
}
