/** The cards that can be named on the command line. */
import { labnic } from "./labnic/labnic.ts";
import type { NicModel } from "./nic.ts";

const MODELS: readonly NicModel[] = [labnic];

/** Names for `--nic`; `none` leaves the slots empty. */
export const NIC_NAMES: readonly string[] = ["none", ...MODELS.map((model) => model.name)];

/** The card of that name; null for `none`. */
export function nicModel(name: string): NicModel | null {
  return MODELS.find((model) => model.name === name) ?? null;
}
