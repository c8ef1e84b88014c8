/** Values in words, without running any code of the program. */
import type { Place } from "../../sim/machine/events.ts";
import { peek } from "../../sim/machine/freed-memory.ts";

const MAX_STRING = 1000;
const MAX_PREVIEW = 60;
const PREVIEW_PARTS = 4;

export interface Shown {
  readonly text: string;
  readonly type: string;
}

/** What is known of an object beside what it holds. */
export interface ObjectNotes {
  /** `freed at snull.ts:120`, if it is freed memory. */
  freed(object: object): string | null;
  /** Where a function is written. */
  definition?(fn: object): Place | null;
}

export function show(value: unknown, notes: ObjectNotes): Shown {
  switch (typeof value) {
    case "string":
      return { text: quote(value, MAX_STRING), type: "string" };
    case "bigint":
      return { text: `${value}n`, type: "bigint" };
    case "number":
      return { text: Object.is(value, -0) ? "-0" : String(value), type: "number" };
    case "function":
      return { text: `ƒ ${functionName(value)}`, type: "function" };
    case "object":
      return value === null ? { text: "null", type: "null" } : showObject(value, notes);
    default:
      return { text: String(value), type: typeof value };
  }
}

function showObject(object: object, notes: ObjectNotes): Shown {
  const type = typeName(object);
  const freed = notes.freed(object);
  const text = summary(object, type, notes);
  return { text: freed === null ? text : `(${freed}) ${text}`, type };
}

function summary(object: object, type: string, notes: ObjectNotes): string {
  if (Array.isArray(object)) return `${type}(${object.length})${preview(object, notes)}`;
  if (object instanceof Map) return `Map(${object.size})`;
  if (object instanceof Set) return `Set(${object.size})`;
  if (object instanceof ArrayBuffer) return `ArrayBuffer(${object.byteLength})`;
  if (object instanceof DataView) return `DataView(${object.byteLength})`;
  if (ArrayBuffer.isView(object))
    return `${type}(${(object as Uint8Array).length})${bytesPreview(object as Uint8Array)}`;
  if (object instanceof RegExp) return String(object);
  if (object instanceof Error) return `${type}: ${String(peek(object, "message") ?? "")}`;
  return `${type} ${preview(object, notes)}`;
}

/** `{name: "sn0", mtu: 1500, …}`: the first few properties that are no objects. */
function preview(object: object, notes: ObjectNotes): string {
  const isArray = Array.isArray(object);
  const parts: string[] = [];
  let more = false;
  const keys = isArray ? indices(object.length) : namesFirst(shownKeys(object));
  for (const key of keys) {
    if (parts.length === PREVIEW_PARTS || parts.join(", ").length > MAX_PREVIEW) {
      more = true;
      break;
    }
    const value = peek(object, key);
    if (typeof value === "function" || (!isArray && typeof value === "object" && value !== null)) more = true;
    else parts.push(isArray ? short(value, notes) : `${key}: ${short(value, notes)}`);
  }
  const text = [...parts, ...(more ? ["…"] : [])].join(", ");
  return isArray ? ` [${text}]` : `{${text}}`;
}

/** Names; what tells packets apart. */
const TELLING: readonly string[] = ["name", "lockName", "comm", "len", "protocol"];

/** What an object is called comes first in its preview; its number in the history tells nobody anything. */
function namesFirst(keys: readonly string[]): string[] {
  return [
    ...TELLING.filter((key) => keys.includes(key)),
    ...keys.filter((key) => !TELLING.includes(key) && key !== "id"),
  ];
}

function* indices(length: number): Generator<string> {
  for (let i = 0; i < Math.min(length, 100); i++) yield String(i);
}

function short(value: unknown, notes: ObjectNotes): string {
  if (typeof value === "string") return quote(value, 30);
  if (typeof value === "object" && value !== null) return typeName(value);
  return show(value, notes).text;
}

function bytesPreview(array: Uint8Array): string {
  const hex = array.BYTES_PER_ELEMENT === 1;
  const first = Array.from(array.subarray(0, 16), (n) => (hex ? n.toString(16).padStart(2, "0") : String(n)));
  return ` [${first.join(" ")}${array.length > 16 ? " …" : ""}]`;
}

/** The class of an object, `Object` for a plain one. */
export function typeName(object: object): string {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === null) return "module";
  const maker = peek(prototype, "constructor");
  return typeof maker === "function" ? functionName(maker) || "Object" : "Object";
}

function functionName(fn: unknown): string {
  const name = Object.getOwnPropertyDescriptor(fn as object, "name")?.value as unknown;
  return typeof name === "string" && name !== "" ? name : "(anonymous)";
}

/** Properties that are shown: enumerable ones; symbols are the instrumentation's own. */
export function shownKeys(object: object): string[] {
  return Object.keys(object);
}

export function quote(text: string, max: number): string {
  return JSON.stringify(text.length > max ? `${text.slice(0, max)}…` : text);
}
