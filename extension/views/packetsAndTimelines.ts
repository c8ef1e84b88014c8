/** *Packets*, like a list of tcpdump's, and *Timelines*: the recorded histories with what was changed and found. */
import type { PacketLife, PacketSummary } from "../../debug-adapter/messages/packets.ts";
import type { Branches } from "../../debug-adapter/messages/timelines.ts";
import { t } from "../l10n.ts";
import { placeText, timeText, type ViewNode } from "./node.ts";

export function packetNode({ skb, timeNs, summary, last, freed }: PacketSummary): ViewNode {
  return {
    id: `skb ${skb}`,
    label: `${timeText(timeNs)} ${summary === "" ? t("empty") : summary}`,
    description: `skb ${skb} · ${last}`,
    icon: freed ? "circle-outline" : "mail",
    children: [],
  };
}

/** Steps of a packet's life; Enter travels to each. */
export function packetSteps({ steps }: PacketLife): ViewNode[] {
  return steps.map(({ event, timeNs, cpu, context, what, place }) => ({
    id: String(event),
    label: what,
    description: `${timeText(timeNs)} · CPU ${cpu} ${context}${place === null ? "" : ` · ${placeText(place)}`}`,
    icon: "git-commit",
    event,
  }));
}

export function timelineNodes({ timelines }: Branches): ViewNode[] {
  return timelines.map(({ id, parent, current, forkedAt, end, events, changes, violations }) => ({
    id: `timeline ${id}`,
    label: current ? t("Timeline {0} (current)", id) : t("Timeline {0}", id),
    description: `${parent === null ? t("from the beginning") : t("forked from {0} at statement {1}", parent, forkedAt)} · ${t("{0} statements, {1} events", end, events)}`,
    icon: current ? "git-branch" : "circle-outline",
    open: current,
    children: [
      ...changes.map(({ statement, what }, i) => ({
        id: `change ${i}`,
        label: what,
        description: t("changed at statement {0}", statement),
        icon: "edit",
      })),
      ...violations.map(({ event, text }) => ({
        id: `violation ${event}`,
        label: text,
        description: t("event {0}", event),
        icon: "warning",
        event,
        timeline: id,
      })),
    ],
  }));
}
