/** The machine at a glance, from the adapter's answer to `netdev-lab/state`. */
import { t } from "./l10n.ts";

export interface MachineGlance {
  readonly tick: number;
  readonly timeNs: number;
  readonly seed: number;
  readonly timeline: number;
  /** Something recorded lies ahead. */
  readonly past: boolean;
  readonly cpus: readonly {
    readonly id: number;
    readonly context: string;
    readonly frozen: boolean;
    readonly place: { readonly file: string; readonly line: number } | null;
  }[];
}

export function statusText({ timeNs, tick, past, timeline, seed }: MachineGlance): string {
  const branch = timeline === 1 ? "" : ` · ${t("timeline {0}", timeline)}`;
  return `${past ? "◀" : "▶"} ${(timeNs / 1e6).toFixed(3)} ms · ${t("tick {0}", tick)}${branch} · ${t("seed {0}", seed)}`;
}

export function statusTooltip({ past }: MachineGlance): string {
  const where = past
    ? t("In the recorded past: continue goes to its end.")
    : t("At the end of the recording: continue goes on live.");
  return `${where} ${t("Click to go to a time, tick or event.")}`;
}

export interface CpuCursor {
  /** Line, from 0. */
  readonly line: number;
  readonly text: string;
}

/** What stands where, in one file; CPUs in the same line share one cursor. */
export function cursorsIn(glance: MachineGlance, file: string): CpuCursor[] {
  const byLine = new Map<number, string[]>();
  for (const { id, place, context, frozen } of glance.cpus) {
    if (place?.file !== file) continue;
    const words = `CPU ${id} ${context}${frozen ? ` ${t("frozen")}` : ""}`;
    byLine.set(place.line - 1, [...(byLine.get(place.line - 1) ?? []), words]);
  }
  return [...byLine]
    .map(([line, words]) => ({ line, text: words.join(" · ") }))
    .sort((a, b) => a.line - b.line);
}
