/** A value as it is at one moment, to be compared with what it is later: an object stands for what it contains. */
import { peek } from "../../sim/machine/freed-memory.ts";
import { type ObjectNotes, show, shownKeys, typeName } from "../variables/format.ts";
import { ABSENT } from "./stablePath.ts";

const DEPTH = 2;
const MOST_PARTS = 64;

export class Snapshot {
  readonly object: object;
  readonly text: string;

  constructor(object: object) {
    this.object = object;
    this.text = contents(object, DEPTH);
  }
}

export function snapshotOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? new Snapshot(value) : value;
}

export function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Snapshot && b instanceof Snapshot) return a.object === b.object && a.text === b.text;
  return Object.is(a, b);
}

/** The value itself, for conditions. */
export function valueIn(snapshot: unknown): unknown {
  if (snapshot === ABSENT) return undefined;
  return snapshot instanceof Snapshot ? snapshot.object : snapshot;
}

export function textOf(snapshot: unknown, notes: ObjectNotes): string {
  if (snapshot === ABSENT) return "nothing";
  return snapshot instanceof Snapshot ? snapshot.text : show(snapshot, notes).text;
}

function contents(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null)
    return typeof value === "function" ? value.name : String(value);
  if (ArrayBuffer.isView(value)) return `[${Array.prototype.slice.call(value, 0, MOST_PARTS).join(" ")}]`;
  if (depth === 0) return typeName(value);
  const parts = shownKeys(value)
    .slice(0, MOST_PARTS)
    .map((key) => {
      const text = contents(peek(value, key), depth - 1);
      return Array.isArray(value) ? text : `${key}: ${text}`;
    });
  return Array.isArray(value) ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`;
}
