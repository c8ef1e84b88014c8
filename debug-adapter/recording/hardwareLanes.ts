/** The lanes of the cards and of the cable. */
import type { Hear } from "./recorder.ts";

export const WIRE_LANE = "wire";

export function nicLane(card: { readonly name: string }): string {
  return `nic ${card.name}`;
}

const hex = (value: number): string => `0x${value.toString(16)}`;

export function recordHardware(hear: Hear): void {
  hear("mmio-write", (event, to) => {
    const { card, register, offset, value } = event;
    const text = `write ${register === "" ? hex(offset) : register} = ${hex(value)}`;
    to.mark(event, nicLane(card), -1, "device", text);
  });
  hear("mmio-read", (event, to) => {
    const { card, register, offset, value } = event;
    const text = `read ${register === "" ? hex(offset) : register}: ${hex(value)}`;
    to.mark(event, nicLane(card), -1, "device", text);
  });
  hear("ring-owner", (event, to) => {
    const { card, ring, index, owner } = event;
    to.mark(event, nicLane(card), -1, "device", `${ring}[${index}] to the ${owner}`);
  });
  hear("dma-access", (event, to) => {
    const { card, what, size, write, error } = event;
    const text = `DMA ${write ? "write" : "read"} ${what}, ${size} bytes${error === "" ? "" : `: ${error}`}`;
    to.mark(event, nicLane(card), -1, "device", text);
  });
  hear("card-interrupt", (event, to) => {
    const { card, asserted, irq } = event;
    to.mark(event, nicLane(card), -1, "mark", `interrupt ${irq} ${asserted ? "asserted" : "deasserted"}`);
  });
  hear("card-reset", (event, to) => to.mark(event, nicLane(event.card), -1, "mark", "reset"));
  hear("card-hung", (event, to) => to.mark(event, nicLane(event.card), -1, "mark", "hangs"));
  hear("wire-frame", (event, to) => {
    const { direction, length, delivered } = event;
    const lost = delivered ? "" : ", lost";
    const text = `${direction === "out" ? "sent" : "received"} ${length} bytes${lost}`;
    to.mark(event, WIRE_LANE, -1, "packet", text);
  });
  hear("wire-carrier", (event, to) =>
    to.mark(event, WIRE_LANE, -1, "mark", `carrier ${event.on ? "on" : "off"}`),
  );
}
