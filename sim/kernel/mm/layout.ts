/** What an object made by `new my_struct()` contains: the structs that C would lay out inside it. */
import { list_head } from "../lib/list.ts";

const MAX_DEPTH = 6;
const WORD = 4;

function own_values(object: object): unknown[] {
  if (ArrayBuffer.isView(object)) return [];
  return Object.keys(object).map((key) => (object as Record<string, unknown>)[key]);
}

/**
 * The objects that the constructor put into `object`: what C embeds (locks, timers, arrays). Objects that are stored there
 * later are pointers and not meant. Call it on a fresh object.
 */
export function embedded_parts(object: object): object[] {
  const parts: object[] = [];
  const seen = new Set<object>([object]);
  collect(object, 0, parts, seen);
  return parts;
}

function collect(object: object, depth: number, parts: object[], seen: Set<object>): void {
  if (depth >= MAX_DEPTH) return;
  for (const value of own_values(object)) {
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    parts.push(value);
    /* A list node knows the structure that it lies in. */
    if (value instanceof list_head) value.entry ??= object;
    if (value instanceof list_head) continue;
    collect(value, depth + 1, parts, seen);
  }
}

/** About sizeof: four bytes a word, arrays and embedded structs included. */
export function size_of(object: object): number {
  let words = 0;
  let bytes = 0;
  for (const part of [object, ...embedded_parts(object)]) {
    if (ArrayBuffer.isView(part)) bytes += part.byteLength;
    else words += own_values(part).length;
  }
  return Math.max(WORD, words * WORD + bytes);
}
