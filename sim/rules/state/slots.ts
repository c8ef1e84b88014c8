/** Where a driver keeps a packet: the object and key below its private area that point to it. */
import { peek } from "../../machine/freed-memory.ts";

export interface Slot {
  readonly holder: object;
  readonly key: string;
}

/** Objects that a search looks at before it gives up. */
const LIMIT = 3000;

/** The first slot found, breadth first; null if there is none. Freed memory is looked at silently. */
export function findSlot(
  root: object,
  wanted: object,
  skip: ReadonlySet<unknown>,
  limit = LIMIT,
): Slot | null {
  const seen = new Set<unknown>(skip);
  const queue: object[] = [root];
  seen.add(root);
  for (let i = 0; i < queue.length && i < limit; i++) {
    const holder = queue[i]!;
    const found = slotIn(holder, wanted);
    if (found !== null) return found;
    for (const value of parts(holder)) {
      if (typeof value !== "object" || value === null || seen.has(value) || ArrayBuffer.isView(value))
        continue;
      seen.add(value);
      queue.push(value);
    }
  }
  return null;
}

/** The object itself points to it. */
export function slotIn(holder: object, wanted: object): Slot | null {
  if (holder instanceof Map) {
    for (const [key, value] of holder) if (value === wanted || key === wanted) return { holder, key: "" };
    return null;
  }
  if (holder instanceof Set) return holder.has(wanted) ? { holder, key: "" } : null;
  for (const key of Object.keys(holder)) if (peek(holder, key) === wanted) return { holder, key };
  return null;
}

/** What the slot holds now. */
export function held({ holder, key }: Slot): unknown {
  return key === "" ? undefined : peek(holder, key);
}

function parts(holder: object): Iterable<unknown> {
  if (holder instanceof Map) return [...holder.keys(), ...holder.values()];
  if (holder instanceof Set) return holder;
  return Object.keys(holder).map((key) => peek(holder, key));
}
