/** What a data breakpoint watches, as it is written in a `dataId`: it means the same in every run of the history. */
import { isRecord } from "../argumentCheck.ts";
import { UserError } from "../errors.ts";
import type { StablePath } from "./stablePath.ts";

export type Target = { readonly label: string } & (
  | ({ readonly kind: "value" } & StablePath)
  | { readonly kind: "lock"; readonly lock: number }
  | { readonly kind: "bytes"; readonly address: number; readonly bytes: number }
  | { readonly kind: "register"; readonly card: string; readonly register: string }
);

export function dataIdOf(target: Target): string {
  return JSON.stringify(target);
}

/** Throws a UserError if the text names nothing that can be watched. */
export function targetOf(dataId: string): Target {
  const value = parsed(dataId);
  if (isRecord(value) && typeof value.label === "string" && isTarget(value))
    return value as unknown as Target;
  throw new UserError(`${dataId} is no dataId: ask for one by dataBreakpointInfo`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isTarget({
  kind,
  root,
  keys,
  lock,
  address,
  bytes,
  card,
  register,
}: Record<string, unknown>): boolean {
  switch (kind) {
    case "value":
      return Array.isArray(root) && Array.isArray(keys);
    case "lock":
      return Number.isSafeInteger(lock);
    case "bytes":
      return Number.isSafeInteger(address) && Number.isSafeInteger(bytes) && Number(bytes) > 0;
    case "register":
      return typeof card === "string" && typeof register === "string";
    default:
      return false;
  }
}
