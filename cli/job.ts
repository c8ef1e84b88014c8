/** One run as the command line orders it, and what comes back from the worker thread that does it. */
import type { InstrumentDiagnostic } from "../sim/instrument/monitor.ts";
import type { LabConfig } from "../sim/lab/config.ts";
import type { Report } from "./report.ts";

export interface Job {
  /** Absolute path of the model's main file. */
  readonly model: string;
  /** Name of a built-in workload, or an absolute path. */
  readonly workload: string;
  readonly config: LabConfig;
  readonly pcap: boolean;
  readonly trace: boolean;
  /** Bytes of heap that a run may use. */
  readonly heapLimit: number;
}

export interface DmesgLine {
  readonly timeNs: number;
  readonly level: number;
  readonly text: string;
}

export interface Finished {
  readonly kind: "finished";
  readonly report: Report;
  /** How the machine ended: `finished`, `oops`, `deadlock` … */
  readonly reason: string;
  readonly dmesg: readonly DmesgLine[];
  /** What the user should know besides: that the module did not load, and so on. */
  readonly notes: readonly string[];
  /** Warnings of the compiler. */
  readonly diagnostics: readonly InstrumentDiagnostic[];
  readonly pcap: Uint8Array | null;
  readonly trace: string | null;
}

export type WorkerMessage =
  | {
      readonly kind: "progress";
      readonly ticks: number;
      readonly timeNs: number;
      readonly place: LastPlace | null;
    }
  /** The model or workload does not compile. */
  | { readonly kind: "rejected"; readonly diagnostics: readonly InstrumentDiagnostic[] }
  /** The workload asks for something that this lab has not. */
  | { readonly kind: "refused"; readonly reason: string }
  | Finished
  | { readonly kind: "crashed"; readonly stack: string };

/** Where the model was when it was last seen. */
export interface LastPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How a supervised run ended. */
export type Outcome = Exclude<WorkerMessage, { kind: "progress" }>;
