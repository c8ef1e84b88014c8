/** The recording in the format of Chrome's trace viewer, which Perfetto (ui.perfetto.dev) opens too. */
import type { EventRow } from "../../debug-adapter/messages/timeline.ts";

/** `X`: a span, `i`: a mark, `M`: names a process or a thread. Times are microseconds. */
export interface TraceEvent {
  readonly ph: "X" | "i" | "M";
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: "t";
  readonly args?: Readonly<Record<string, unknown>>;
}

export interface ChromeTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ns";
  readonly otherData: Readonly<Record<string, unknown>>;
}

/**
 * A lane becomes a process, each of its rows a thread (spans of one row never overlap). What is not over at the end
 * of the recording lasts until then.
 */
export function chromeTrace(
  rows: readonly EventRow[],
  about: Readonly<Record<string, unknown>>,
): ChromeTrace {
  const endNs = rows.reduce((end, { timeNs, lastsNs }) => Math.max(end, timeNs + (lastsNs ?? 0)), 0);
  const threads = new Threads();
  const events = rows.map((row): TraceEvent => {
    const at = { ...threads.of(row), name: row.text, cat: row.kind, ts: row.timeNs / 1e3 };
    const args = { event: row.event };
    if (row.lastsNs === null && !row.open) return { ...at, ph: "i", s: "t", args };
    return { ...at, ph: "X", dur: (row.lastsNs ?? endNs - row.timeNs) / 1e3, args };
  });
  return { traceEvents: [...threads.names, ...events], displayTimeUnit: "ns", otherData: about };
}

class Threads {
  readonly names: TraceEvent[] = [];
  readonly #lanes = new Map<string, number>();
  readonly #rows = new Map<string, number>();

  of({ lane, kind, row }: EventRow): { pid: number; tid: number } {
    let pid = this.#lanes.get(lane);
    if (pid === undefined) {
      this.#lanes.set(lane, (pid = this.#lanes.size + 1));
      this.#name("process_name", pid, 0, { name: lane });
    }
    const key = `${lane}/${kind}/${row}`;
    let tid = this.#rows.get(key);
    if (tid === undefined) {
      this.#rows.set(key, (tid = this.#rows.size + 1));
      this.#name("thread_name", pid, tid, { name: row === 0 ? kind : `${kind} ${row + 1}` });
    }
    return { pid, tid };
  }

  #name(name: string, pid: number, tid: number, args: Readonly<Record<string, unknown>>): void {
    this.names.push({ ph: "M", name, pid, tid, args });
  }
}
