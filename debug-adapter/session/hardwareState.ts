/** The cards of a run, for views: nothing of this has an effect on them. */
import { type CardView, peek } from "../../sim/hardware/peek.ts";
import type { CardState, HardwareState } from "../messages/hardware.ts";
import type { Run } from "./run.ts";

export function hardwareState(run: Run): HardwareState {
  return { cards: run.machine.unnoticed(() => peek(run.lab.hardware)).map(cardState) };
}

function cardState(card: CardView): CardState {
  return {
    ...card,
    registers: card.registers.map(({ info, value, bits }) => ({
      name: info.name,
      offset: info.offset,
      value,
      bits,
    })),
    rings: card.rings.map((ring) => ({
      ...ring,
      descriptors: ring.descriptors.map(({ index, bus, fields, offered }) => ({
        index,
        bus,
        fields,
        owner: offered ? ("card" as const) : ("driver" as const),
      })),
    })),
    mappings: card.mappings.map(({ bus, size, direction, kind }) => ({ bus, size, direction, kind })),
  };
}
