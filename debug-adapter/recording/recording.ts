/** What one timeline's run told, in the order in which it happened: spans and marks in lanes. Knows no machine. */
import type { ItemKind } from "../messages/timeline.ts";
import { type Entry, Track } from "./track.ts";

interface Stamp {
  readonly n: number;
  readonly timeNs: number;
}

/** More than this is not kept: about 100 MB. */
const MOST_ENTRIES = 600_000;

export class Recording {
  readonly entries: Entry[] = [];
  /** In the order in which they are shown: by lane, then as they came. */
  readonly tracks = new Map<string, Track>();
  /** Number of the next event that has not been seen. */
  next = 0;
  nowNs = 0;
  cutAt: number | null = null;

  /** The part before event `n`, for a timeline that forks there. */
  until(n: number): Recording {
    const part = new Recording();
    for (const entry of this.entries) {
      if (entry.n >= n) break;
      const { lane, cpu, kind, row } = entry.track;
      const track = part.#track(lane, cpu, kind, row);
      const end = entry.end !== null && entry.end.n < n ? entry.end : null;
      const copy: Entry = { ...entry, track, end };
      track.entries.push(copy);
      part.entries.push(copy);
      part.nowNs = entry.timeNs;
    }
    part.next = Math.min(n, this.next);
    return part;
  }

  /** Begins something in the first free row of a lane. */
  begin(stamp: Stamp, lane: string, cpu: number, kind: ItemKind, text: string): Entry | null {
    let row = 0;
    while (this.#track(lane, cpu, kind, row).busy) row++;
    return this.#add(stamp, this.#track(lane, cpu, kind, row), text, null);
  }

  mark(stamp: Stamp, lane: string, cpu: number, kind: ItemKind, text: string): void {
    this.#add(stamp, this.#track(lane, cpu, kind, 0), text, stamp);
  }

  end(stamp: Stamp, entry: Entry | null | undefined): void {
    if (entry !== null && entry !== undefined && entry.end === null)
      entry.end = { n: stamp.n, timeNs: stamp.timeNs };
  }

  /** The last thing that goes on in a lane, of one kind. */
  open(lane: string, kind: ItemKind, is: (entry: Entry) => boolean = () => true): Entry | undefined {
    for (let row = 0; ; row++) {
      const track = this.tracks.get(key(lane, kind, row));
      if (track === undefined) return undefined;
      const last = track.entries.at(-1);
      if (last !== undefined && last.end === null && is(last)) return last;
    }
  }

  #add(stamp: Stamp, track: Track, text: string, end: Stamp | null): Entry | null {
    if (this.entries.length >= MOST_ENTRIES) {
      this.cutAt ??= stamp.n;
      return null;
    }
    const entry: Entry = {
      n: stamp.n,
      timeNs: stamp.timeNs,
      track,
      text,
      end: end === null ? null : { n: end.n, timeNs: end.timeNs },
    };
    track.entries.push(entry);
    this.entries.push(entry);
    return entry;
  }

  #track(lane: string, cpu: number, kind: ItemKind, row: number): Track {
    const id = key(lane, kind, row);
    let track = this.tracks.get(id);
    if (track === undefined) this.tracks.set(id, (track = new Track(lane, cpu, kind, row)));
    return track;
  }
}

function key(lane: string, kind: ItemKind, row: number): string {
  return `${lane}/${kind}/${row}`;
}
