/** Answer of `netdev-lab/state`: the whole machine at a glance. */

export interface PlaceState {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly fn: string;
}

export interface LockState {
  readonly name: string;
  readonly kind: string;
  readonly variant: string;
  readonly context: string;
  readonly takenAt: PlaceState | null;
  /** How long it has been held, in virtual time. */
  readonly heldNs: number;
}

export interface CpuState {
  /** Number of the CPU, from 0. */
  readonly id: number;
  readonly thread: number;
  readonly task: string;
  readonly taskState: string;
  readonly waitsFor: string | null;
  /** `process`, `softirq`, `hardirq`, with `+bh` or `+irq`. */
  readonly context: string;
  /** Contexts on top of each other, innermost first. */
  readonly contexts: readonly { kind: string; name: string; title: string }[];
  readonly irqsDisabled: boolean;
  readonly frozen: boolean;
  readonly preemptCount: number;
  readonly pendingInterrupts: readonly number[];
  readonly locks: readonly LockState[];
  /** Innermost place in the model, or the innermost place at all; null if the CPU is idle. */
  readonly place: PlaceState | null;
}

export interface TaskState {
  readonly id: number;
  readonly name: string;
  readonly cpu: number;
  readonly state: string;
  readonly waitsFor: string | null;
  readonly locks: readonly LockState[];
}

/** A task waits, and another one has what it waits for. */
export interface WaitState {
  readonly task: string;
  readonly cpu: number;
  /** What it waits for: a lock, or the CPU on which it could go on. */
  readonly on: string;
  readonly sinceNs: number;
  /** Where it waits. */
  readonly place: PlaceState | null;
  readonly holder: string;
  readonly holderCpu: number;
  /** Where the holder took it; null for a CPU. */
  readonly takenAt: PlaceState | null;
}

export interface MachineState {
  readonly running: boolean;
  readonly tick: number;
  readonly statements: number;
  readonly timeNs: number;
  /** Number of the next event. */
  readonly event: number;
  readonly executingCpu: number;
  readonly cpus: readonly CpuState[];
  readonly tasks: readonly TaskState[];
  readonly waits: readonly WaitState[];
  /** Waits that lead back to where they began: none of these tasks ever goes on. */
  readonly deadlocks: readonly (readonly WaitState[])[];
  readonly violations: number;
  readonly historyHash: string;
}

/** With what the session knows of the recording. */
export interface SessionState extends MachineState {
  /** Something recorded lies ahead. */
  readonly past: boolean;
  readonly timeline: number;
  readonly seed: number;
}
