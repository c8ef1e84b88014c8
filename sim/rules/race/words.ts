/** Which words an access of the program touches, and how. */
import { type AccessKind, CALL, LOAD } from "../../instrument/monitor.ts";
import { isStore } from "../../machine/accesses.ts";

/** Stands for the order and number of the elements of an array, a Map or a Set. */
export const CONTENT = "(content)";

export interface Touched {
  readonly object: object;
  readonly key: unknown;
  readonly write: boolean;
}

/** Calls `touch` for each word; nothing for what is no memory of the program, or not known. */
export function eachWord(
  object: unknown,
  key: unknown,
  kind: AccessKind,
  args: readonly unknown[] | undefined,
  touch: (object: object, key: unknown, write: boolean) => void,
): void {
  if (typeof object !== "object" || object === null) return;
  if (ArrayBuffer.isView(object)) {
    if (kind === CALL) viewCall(object, key, args ?? [], touch);
    else if (isIndex(key)) touch(object.buffer, offset(object, Number(key)), kind !== LOAD);
    return;
  }
  if (kind !== CALL) {
    if (key !== undefined) touch(object, key, kind !== LOAD);
    return;
  }
  if (object instanceof Map || object instanceof Set || Array.isArray(object)) {
    // one method that changes what is there, or looks at all of it
    touch(object, CONTENT, changes(object, key));
  }
}

function isIndex(key: unknown): boolean {
  return typeof key === "number" || (typeof key === "string" && /^\d+$/.test(key));
}

function offset(view: ArrayBufferView, index: number): number {
  const size = (view as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
  return view.byteOffset + index * size;
}

/** Elements that one call touches at most: what is longer is seen at its beginning. */
const LONGEST = 64;

function viewCall(
  view: ArrayBufferView,
  key: unknown,
  args: readonly unknown[],
  touch: (object: object, key: unknown, write: boolean) => void,
): void {
  const name = String(key);
  if (view instanceof DataView) {
    touch(view.buffer, view.byteOffset + Number(args[0] ?? 0), name.startsWith("set"));
    return;
  }
  const length = (view as Uint8Array).length;
  let from = 0;
  let to = length;
  if (name === "set") {
    from = Number(args[1] ?? 0);
    to = from + (((args[0] as ArrayLike<unknown> | undefined)?.length as number | undefined) ?? 0);
  } else if (name === "fill") {
    from = Number(args[1] ?? 0);
    to = Number(args[2] ?? length);
  } else if (name === "subarray") return;
  const write = WRITING.has(name);
  for (let i = from; i < Math.min(to, length, from + LONGEST); i++)
    touch(view.buffer, offset(view, i), write);
}

const WRITING: ReadonlySet<string> = new Set(["set", "fill", "copyWithin", "reverse", "sort"]);
const READING_ARRAY =
  /^(at|concat|entries|every|filter|find|flat|forEach|includes|indexOf|join|keys|lastIndexOf|map|reduce|slice|some|to|values|with)/;

function changes(object: object, method: unknown): boolean {
  if (Array.isArray(object)) return !READING_ARRAY.test(String(method));
  return isStore(method) && !/^(forEach|entries|keys|values)$/.test(String(method));
}
