/** All words of the timeline's page; the extension translates them and sends them along with it. */
import type { ItemKind } from "../../debug-adapter/messages/timeline.ts";
import { t } from "../l10n.ts";

export function timelineStrings() {
  return {
    toolbar: t("Timeline"),
    filter: t("Filter: lock, packet (skb 12), function"),
    cpu: t("CPU"),
    allCpus: t("All CPUs"),
    byTime: t("By time"),
    byEvents: t("By events"),
    axisHint: t("Draw along virtual time, or give each event the same width"),
    zoomIn: t("Zoom in (+)"),
    zoomOut: t("Zoom out (-)"),
    fit: t("Show everything (0)"),
    previousViolation: t("Previous violation (Shift+V)"),
    nextViolation: t("Next violation (V)"),
    asText: t("As text"),
    asTextHint: t("Show the events as a table"),
    canvas: t(
      "Timeline of the run. Left and Right go from event to event, with Control in the same lane. Enter moves the debugger there. Plus and Minus zoom, Shift with Left and Right pans, V goes to the next violation.",
    ),
    hint: t("Click: travel there · drag: pan · Ctrl+wheel: zoom · Shift+wheel: pan"),
    tableCaption: t("Events of the run"),
    time: t("Time"),
    lane: t("Lane"),
    kind: t("Kind"),
    what: t("What"),
    lasts: t("Lasts"),
    earlier: t("Earlier"),
    later: t("Later"),
    going: t("goes on"),
    events: t("{0} events"),
    timeline: t("timeline {0}"),
    here: t("the debugger stands at {0}"),
    cut: t("the recording was full at event {0}"),
    ended: t("The session has ended. This is the last picture."),
    nothing: t("Start debugging a driver model to see its timeline."),
    noMatch: t("Nothing matches the filter."),
    noMore: t("No more events that way."),
    several: t("{0} events, the longest: {1}"),
    kinds: {
      process: t("process"),
      softirq: t("softirq"),
      hardirq: t("hardirq"),
      callback: t("callback"),
      lock: t("lock"),
      wait: t("wait"),
      mark: t("event"),
      packet: t("packet"),
      device: t("device"),
      violation: t("violation"),
    } satisfies Record<ItemKind, string>,
  };
}

export type TimelineStrings = ReturnType<typeof timelineStrings>;
