/** *Packets*, like a list of tcpdump's, and *Timelines*: the recorded histories with what was changed and found. */
import type { PacketLife, PacketSummary } from "../../debug-adapter/messages/packets.ts";
import type { Branches } from "../../debug-adapter/messages/timelines.ts";
import { placeText, timeText, type ViewNode } from "./node.ts";

export function packetNode({ skb, timeNs, summary, last, freed }: PacketSummary): ViewNode {
  return {
    id: `skb ${skb}`,
    label: `${timeText(timeNs)} ${summary === "" ? "empty" : summary}`,
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
    label: `Timeline ${id}${current ? " (current)" : ""}`,
    description: `${parent === null ? "from the beginning" : `forked from ${parent} at statement ${forkedAt}`} · ${end} statements, ${events} events`,
    icon: current ? "git-branch" : "circle-outline",
    open: current,
    children: [
      ...changes.map(({ statement, what }, i) => ({
        id: `change ${i}`,
        label: what,
        description: `changed at statement ${statement}`,
        icon: "edit",
      })),
      ...violations.map(({ event, text }) => ({
        id: `violation ${event}`,
        label: text,
        description: `event ${event}`,
        icon: "warning",
        event,
        timeline: id,
      })),
    ],
  }));
}
