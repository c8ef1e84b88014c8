/**
 * The recorded past. A run is a function of seed and interventions, so going back is running again: from the start, or
 * from a run that was parked at an earlier moment. Each change of the past begins a branch; the old one stays reachable.
 */
import { PacketLog } from "../recording/packetLog.ts";
import type { Record } from "../recording/recorder.ts";
import { Recording } from "../recording/recording.ts";
import type { Course, Run } from "../session/run.ts";
import { fits, type Intervention } from "./intervention.ts";
import { compare, type Moment, momentKey, START } from "./moment.ts";
import { Parking } from "./parking.ts";
import { Seen } from "./seen.ts";

export interface Branch {
  readonly id: number;
  readonly parent: number | null;
  /** Where it parted from its parent. */
  readonly forkedAt: Moment;
  readonly interventions: Intervention[];
  /** How far it has been recorded. */
  end: Moment;
  /** Number of the first event that nobody has been told of. */
  told: number;
  /** History hashes at moments where somebody looked. */
  readonly marks: Map<string, string>;
  /** What happened in it. */
  readonly record: Record;
}

/** A moment in several coordinates. */
export interface Sample {
  readonly ticks: number;
  readonly event: number;
  readonly point: number;
  readonly timeNs: number;
}

const SAMPLE_TICKS = 2_000;

/** The same history did not come again: a bug, of the lab or of a model that reads what no run may read. */
export class HistoryParted extends Error {
  override readonly name = "HistoryParted";
}

export class Timeline {
  readonly branches: Branch[] = [];
  branch: Branch;
  /** Runs that stand still. */
  readonly #parking = new Parking((run) => this.#fits(run));
  readonly #boot: () => Run;
  #samples: Sample[] = [];
  /** Where the model's code begins. */
  entry: Moment | null = null;
  /** What is known of the current branch's past. */
  seen = new Seen();

  constructor(boot: () => Run) {
    this.#boot = boot;
    this.branch = this.#newBranch(null, START, [], START, 0, new Map(), {
      recording: new Recording(),
      packets: new PacketLog(),
    });
  }

  /** Is there something recorded after this moment? */
  isPast(moment: Moment): boolean {
    return compare(moment, this.branch.end) < 0;
  }

  /** The course for a run that goes on from where it stands; `stopAtEnd`: it is to stop where the recording ends. */
  course(run: Run, stopAtEnd: boolean): Course {
    const { interventions, end } = this.branch;
    return { interventions, end: stopAtEnd && this.isPast(run.moment) ? end : null };
  }

  /** The current run stands somewhere: the recording may have grown, and must be what it was. */
  stands(run: Run): void {
    const { branch } = this;
    if (compare(run.moment, branch.end) > 0) branch.end = run.moment;
    this.#parking.present(run.moment);
    const key = momentKey(run.moment);
    const hash = run.machine.historyHash;
    const known = branch.marks.get(key);
    if (known === undefined) branch.marks.set(key, hash);
    else if (known !== hash)
      throw new HistoryParted(
        `the same seed did not give the same run: at statement ${run.moment.ticks} the history is ${hash} and was ${known}. Please report this with the model.`,
      );
  }

  /** True once for each event: those of the past have been told. */
  tells(n: number): boolean {
    if (n < this.branch.told) return false;
    this.branch.told = n + 1;
    return true;
  }

  /** The user does something to the run; in the past that begins a new branch. Returns that branch, if so. */
  intervene(run: Run, what: string, apply: (run: Run) => void): Branch | null {
    const at = run.moment;
    const forked = this.isPast(at) ? this.#fork(run) : null;
    const intervention: Intervention = { at, what, apply };
    this.branch.interventions.push(intervention);
    try {
      run.intervene(intervention);
    } finally {
      this.branch.marks.set(momentKey(at), run.machine.historyHash);
    }
    return forked;
  }

  #fork(run: Run): Branch {
    const { id, interventions, marks } = this.branch;
    const at = run.moment;
    const before = [...marks].filter(([key]) => compare(parseKey(key), at) <= 0);
    const common = interventions.slice(0, run.applied.length);
    const told = run.machine.journal.eventCount;
    const { recording, packets } = this.branch.record;
    this.branch = this.#newBranch(id, at, common, at, told, new Map(before), {
      recording: recording.until(told),
      packets: packets.until(told),
    });
    this.#samples = this.#samples.filter(({ ticks }) => ticks <= at.ticks);
    this.seen = this.seen.until(at);
    return this.branch;
  }

  /** Goes over to another branch. */
  choose(id: number): Branch | null {
    const branch = this.branches.find((one) => one.id === id);
    if (branch === undefined) return null;
    this.branch = branch;
    this.#samples = [];
    this.seen = new Seen();
    return branch;
  }

  #newBranch(
    parent: number | null,
    forkedAt: Moment,
    interventions: Intervention[],
    end: Moment,
    told: number,
    marks: Map<string, string>,
    record: Record,
  ): Branch {
    const id = this.branches.length + 1;
    const branch = { id, parent, forkedAt, interventions, end, told, marks, record };
    this.branches.push(branch);
    return branch;
  }

  /** Where a run writes down what happens; null while it goes along another branch. */
  recordOf(run: Run): Record | null {
    return this.#fits(run) ? this.branch.record : null;
  }

  /** Does the run go along the current branch? */
  #fits(run: Run): boolean {
    return fits(run.applied, run.moment, this.branch.interventions);
  }

  // ---- runs at moments ---------------------------------------------------------------------------------------

  /** Keeps a run that stands. */
  park(run: Run): void {
    this.#parking.add(run);
  }

  /** The run is in use. */
  unpark(run: Run): void {
    this.#parking.remove(run);
  }

  /** The model is being loaded. */
  begins(run: Run): void {
    this.entry ??= run.moment;
  }

  /** The latest parked run at or before a moment of this branch; it is taken out. Else a new one. */
  take(before: Moment): Run {
    const run = this.nearest(before);
    if (run === null) return this.#boot();
    this.unpark(run);
    return run;
  }

  /** The latest parked run at or before a moment of this branch. */
  nearest(before: Moment): Run | null {
    return this.#parking.nearest(before);
  }

  /** Is this run parked, so that it could go on to a moment? */
  resumes(run: Run, moment: Moment): boolean {
    return this.#parking.has(run) && this.#fits(run) && compare(run.moment, moment) <= 0;
  }

  /** A run that stands at the moment; null if `goOn` ended the journey. */
  async reach(moment: Moment, goOn: () => boolean): Promise<Run | null> {
    const run = this.take(moment);
    const arrived = await run.advance(moment, this.course(run, false), goOn);
    if (arrived) return run;
    this.park(run);
    return null;
  }

  /** Brings one run to where it is missed most. False if none is missed, or `goOn` ended the work. */
  async fillGap(goOn: () => boolean): Promise<boolean> {
    const gap = this.#parking.missing;
    if (gap === null) return false;
    const run = gap.from ?? this.#boot();
    this.unpark(run);
    const arrived = await run.advance({ ticks: gap.at, stalls: 0 }, this.course(run, false), goOn);
    this.park(run);
    return arrived;
  }

  discard(): void {
    this.#parking.discard();
  }

  // ---- coordinates -------------------------------------------------------------------------------------------

  /** Told where a run has come by: the one of the session, or one on a journey. */
  onPassed: ((run: Run) => void) | null = null;

  /** Notes where a run of this branch has come by. */
  sample(run: Run): void {
    this.onPassed?.(run);
    const last = this.#samples.at(-1);
    if (last !== undefined && run.machine.tickCount < last.ticks + SAMPLE_TICKS) return;
    if (this.#fits(run)) this.#samples.push(this.sampleOf(run));
  }

  sampleOf({ machine }: Run): Sample {
    const { tickCount: ticks, pointCount: point, nowNs: timeNs, journal } = machine;
    return { ticks, point, timeNs, event: journal.eventCount };
  }

  /** The last known moment before `isBefore` turns false. */
  lastSample(isBefore: (sample: Sample) => boolean): Moment {
    const found = this.#samples.findLast(isBefore);
    return found === undefined ? START : { ticks: found.ticks, stalls: 0 };
  }
}

function parseKey(key: string): Moment {
  const [ticks, stalls] = key.split("/").map(Number);
  return { ticks: ticks!, stalls: stalls! };
}
