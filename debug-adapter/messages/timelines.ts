/** Answer of `netdev-lab/timelines`: the recorded histories. */

export interface BranchState {
  readonly id: number;
  readonly parent: number | null;
  readonly current: boolean;
  /** Statement at which it parted from its parent. */
  readonly forkedAt: number;
  /** Statement up to which it has been recorded. */
  readonly end: number;
  readonly events: number;
  /** What the user changed in it. */
  readonly changes: readonly { readonly statement: number; readonly what: string }[];
  readonly violations: readonly { readonly event: number; readonly text: string }[];
}

export interface Branches {
  readonly timelines: readonly BranchState[];
}
