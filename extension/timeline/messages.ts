/** What the timeline's page and the extension say to each other. */

import type { Packets, PacketsArguments } from "../../debug-adapter/messages/packets.ts";
import type {
  EventRows,
  EventsArguments,
  TimelineArguments,
  TimelineSlice,
} from "../../debug-adapter/messages/timeline.ts";

/** Requests of the adapter that the page may make, with their answers. */
export interface Asks {
  timeline: { args: TimelineArguments; answer: TimelineSlice };
  events: { args: EventsArguments; answer: EventRows };
  packets: { args: PacketsArguments; answer: Packets };
}

export type AskName = keyof Asks;

/** A moment to travel to. */
export type Moment = { readonly event: number } | { readonly timeNs: number };

export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "ask"; readonly id: number; readonly name: AskName; readonly args: object }
  | { readonly kind: "go"; readonly to: Moment }
  /** A picture of what is shown, as a data URL. */
  | { readonly kind: "image"; readonly png: string };

export type ToPage =
  | { readonly kind: "answer"; readonly id: number; readonly body: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly reason: string }
  /** There is something new to show: a stop, another session. */
  | { readonly kind: "changed"; readonly running: boolean }
  /** No session is there any more. What was shown stays. */
  | { readonly kind: "ended" }
  | { readonly kind: "make-image" };
