/** A line of a tree view, as plain data. */
import type { PlaceState } from "../../debug-adapter/messages/machine.ts";
import { t } from "../l10n.ts";

export interface ViewNode {
  /** Keeps a line open from stop to stop; unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Opened by Enter or a click. */
  readonly place?: PlaceState | null;
  /** Event to which Enter or a click travels. */
  readonly event?: number;
  /** Timeline on which that is. */
  readonly timeline?: number;
  readonly open?: boolean;
  readonly children?: readonly ViewNode[];
}

/** What a screen reader says: all that the line shows, and what it is drawn with. */
export function spoken({ label, description, place, event }: ViewNode): string {
  const what = description === undefined || description === "" ? label : `${label}, ${description}`;
  if (event !== undefined) return `${what}. ${t("Press Enter to travel there.")}`;
  return place ? `${what}. ${t("Press Enter to open {0}.", placeText(place))}` : what;
}

export function placeText({ file, line }: PlaceState): string {
  return `${file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1)}:${line}`;
}

/** Virtual time, readable. */
export function timeText(ns: number): string {
  if (ns < 1e3) return `${ns} ns`;
  if (ns < 1e6) return `${Number((ns / 1e3).toFixed(3))} µs`;
  return ns < 1e9 ? `${Number((ns / 1e6).toFixed(3))} ms` : `${Number((ns / 1e9).toFixed(3))} s`;
}
