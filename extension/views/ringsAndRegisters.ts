/** *Rings and Registers*: the cards, with what has changed since the last stop. */
import type { CardState, HardwareState, RingState } from "../../debug-adapter/messages/hardware.ts";
import { t } from "../l10n.ts";
import type { ViewNode } from "./node.ts";

const hex = (value: number): string => `0x${value.toString(16)}`;

export function ringsAndRegisters(now: HardwareState, before: HardwareState | null): ViewNode[] {
  return now.cards.map((card) =>
    cardNode(
      card,
      before?.cards.find(({ name }) => name === card.name),
    ),
  );
}

function cardNode(card: CardState, before: CardState | undefined): ViewNode {
  const state = [
    card.gone ? t("unplugged") : `D${card.powerState}`,
    card.asserted ? t("irq {0} asserted", card.irq) : t("irq {0} quiet", card.irq),
    card.carrier ? t("carrier on") : t("carrier off"),
  ];
  return {
    id: card.name,
    label: card.title,
    description: [card.name, ...state].join(" · "),
    icon: "circuit-board",
    open: true,
    children: [
      { id: "registers", label: t("Registers"), icon: "symbol-numeric", children: registers(card, before) },
      ...card.rings.map((ring) =>
        ringNode(
          ring,
          before?.rings.find(({ name }) => name === ring.name),
        ),
      ),
      list(
        "posted",
        t("Writes under way"),
        card.posted.map(({ register, value }) => `${register} = ${hex(value)}`),
      ),
      list(
        "mappings",
        t("DMA mappings"),
        card.mappings.map(
          ({ bus, size, direction, kind }) => `${hex(bus)}, ${t("{0} bytes", size)}, ${direction}, ${kind}`,
        ),
      ),
    ],
  };
}

function registers(card: CardState, before: CardState | undefined): ViewNode[] {
  return card.registers.map(({ name, offset, value, bits }) => {
    const old = before?.registers.find((other) => other.name === name && other.offset === offset)?.value;
    const set = Object.entries(bits).filter(([, bit]) => bit !== 0);
    const words = set.map(([bit, v]) => (v === 1 ? bit : `${bit}=${v}`)).join(" ");
    const shown = value === null ? t("not to be seen now") : `${hex(value)} ${words}`.trim();
    return {
      id: `${name} ${offset}`,
      label: name,
      description: `${shown}${changedFrom(old, value)}`,
      icon: changed(old, value) ? "diff-modified" : "symbol-field",
    };
  });
}

function ringNode(ring: RingState, before: RingState | undefined): ViewNode {
  return {
    id: `ring ${ring.name}`,
    label: ring.name,
    description: [
      `${t("head")} ${ring.head}${changedFrom(before?.head, ring.head)}`,
      `${t("tail")} ${ring.tail}${changedFrom(before?.tail, ring.tail)}`,
      t("{0} descriptors", ring.descriptors.length),
    ].join(" · "),
    icon: "sync",
    children: ring.descriptors.map((descriptor) => {
      const { index, owner, fields } = descriptor;
      const old = before?.descriptors[index];
      const differs = old !== undefined && JSON.stringify(old) !== JSON.stringify(descriptor);
      const at = [
        ...(index === ring.head ? [t("head")] : []),
        ...(index === ring.tail ? [t("tail")] : []),
        ...(differs ? [t("changed")] : []),
      ];
      const content =
        fields === null
          ? t("no mapping is there")
          : Object.entries(fields)
              .map(([name, value]) => `${name} ${typeof value === "number" ? hex(value) : value}`)
              .join(", ");
      return {
        id: String(index),
        label: `[${index}] ${owner}`,
        description: [...at, content].join(" · "),
        icon: differs ? "diff-modified" : owner === "card" ? "circuit-board" : "person",
      };
    }),
  };
}

function list(id: string, label: string, lines: readonly string[]): ViewNode {
  const children = lines.map((line, i) => ({ id: String(i), label: line }));
  return { id, label, description: String(lines.length), children };
}

function changed(before: number | null | undefined, now: number | null): boolean {
  return before !== undefined && before !== now;
}

function changedFrom(before: number | null | undefined, now: number | null): string {
  if (!changed(before, now)) return "";
  return ` (${t("changed, was {0}", before === null || before === undefined ? t("hidden") : hex(before))})`;
}
