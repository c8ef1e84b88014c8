/**
 * The memory of a program at one moment, to be written back later: the variables of modules, and the content of every
 * object that they reach. Objects keep their identity; what was made since is forgotten.
 *
 * Not seen are variables that only closures hold, and private fields: what runs before the moment keeps nothing in them
 * that changes later.
 */
import type { LoadedModule } from "../instrument/monitor.ts";
import { exhume } from "../machine/freed-memory.ts";

/** Memory holds something whose content cannot be written back. */
export class NotRestorable extends Error {
  override readonly name = "NotRestorable";
}

/** Objects with the same properties, and the function that writes them. */
interface Shape {
  readonly write: (object: object, values: readonly unknown[]) => void;
  readonly objects: object[];
  readonly values: unknown[][];
}

interface Variable {
  readonly module: LoadedModule;
  readonly index: number;
  readonly value: unknown;
}

export class MemoryImage {
  readonly #seen = new Set<unknown>();
  readonly #objects: object[] = [];
  readonly #shapes = new Map<string, Shape>();
  readonly #restores: (() => void)[] = [];
  readonly #lookedAfter: ReadonlySet<PropertyKey>;

  /**
   * @param roots objects outside the modules that are to be restored, too
   * @param lookedAfter properties that somebody else restores
   */
  constructor(
    modules: Iterable<LoadedModule>,
    roots: Iterable<object>,
    lookedAfter: ReadonlySet<PropertyKey>,
  ) {
    this.#lookedAfter = lookedAfter;
    for (const root of roots) this.#see(root);
    const variables = [...modules].flatMap(variablesOf);
    const weak = variables.filter(({ value }) => isWeak(value));
    for (const { value } of variables) if (!isWeak(value)) this.#see(value);
    for (let read = 0; read < this.#objects.length; ) {
      while (read < this.#objects.length) this.#read(this.#objects[read++]!);
      for (const { value } of weak) if (value instanceof WeakMap) this.#seeKnownBy(value);
    }
    for (const variable of variables) this.#keepVariable(variable);
  }

  restore(): void {
    for (const object of this.#objects) exhume(object);
    for (const { write, objects, values } of this.#shapes.values())
      for (let i = 0; i < objects.length; i++) write(objects[i]!, values[i]!);
    for (const restore of this.#restores) restore();
  }

  #see(value: unknown): void {
    if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    if (typeof value === "object") this.#objects.push(value);
    else for (const kept of Object.values(value)) this.#see(kept);
  }

  #read(object: object): void {
    if (Array.isArray(object)) this.#readArray(object);
    else if (ArrayBuffer.isView(object)) this.#readBytes(object.buffer, object.byteOffset, object.byteLength);
    else if (object instanceof ArrayBuffer) this.#readBytes(object, 0, object.byteLength);
    else if (object instanceof Map) this.#readMap(object);
    else if (object instanceof Set) this.#readSet(object);
    else if (isOpaque(object)) throw new NotRestorable(`cannot restore ${String(object)}`);
    else this.#readProperties(object);
  }

  #readArray(array: unknown[]): void {
    const values = [...array];
    for (const value of values) this.#see(value);
    this.#restores.push(() => {
      array.length = values.length;
      for (let i = 0; i < values.length; i++) if (array[i] !== values[i]) array[i] = values[i];
    });
  }

  #readBytes(buffer: ArrayBufferLike, offset: number, length: number): void {
    if (length === 0) return;
    const bytes = new Uint8Array(buffer, offset, length);
    const values = bytes.slice();
    this.#restores.push(() => bytes.set(values));
  }

  #readMap(map: Map<unknown, unknown>): void {
    const entries = [...map];
    for (const [key, value] of entries) {
      this.#see(key);
      this.#see(value);
    }
    this.#restores.push(() => {
      let i = 0;
      if (map.size === entries.length)
        for (const [key, value] of map) {
          const entry = entries[i]!;
          if (entry[0] !== key || entry[1] !== value) break;
          i++;
        }
      if (i === map.size && i === entries.length) return;
      map.clear();
      for (const [key, value] of entries) map.set(key, value);
    });
  }

  #readSet(set: Set<unknown>): void {
    const values = [...set];
    for (const value of values) this.#see(value);
    this.#restores.push(() => {
      let i = 0;
      if (set.size === values.length)
        for (const value of set) {
          if (values[i] !== value) break;
          i++;
        }
      if (i === set.size && i === values.length) return;
      set.clear();
      for (const value of values) set.add(value);
    });
  }

  #readProperties(object: object): void {
    const keys: string[] = [];
    const values: unknown[] = [];
    for (const key of Reflect.ownKeys(object)) {
      if (this.#lookedAfter.has(key)) continue;
      const { value, writable, get } = Reflect.getOwnPropertyDescriptor(object, key)!;
      if (get !== undefined || typeof key === "symbol")
        throw new NotRestorable(`cannot restore ${String(key)}`);
      this.#see(value);
      if (!writable) continue;
      keys.push(key);
      values.push(value);
    }
    if (isDictionary(object)) this.#keepKeys(object as Record<string, unknown>);
    if (keys.length > 0) this.#keepFields(object, keys, values);
  }

  #keepFields(object: object, keys: readonly string[], values: unknown[]): void {
    const names = JSON.stringify(keys);
    let shape = this.#shapes.get(names);
    if (shape === undefined) {
      shape = { write: writer(keys), objects: [], values: [] };
      this.#shapes.set(names, shape);
    }
    shape.objects.push(object);
    shape.values.push(values);
  }

  /** Properties of a plain object may come and go. */
  #keepKeys(record: Record<string, unknown>): void {
    const keys = Object.keys(record);
    this.#restores.push(() => {
      const now = Object.keys(record);
      if (now.length === keys.length && now.at(-1) === keys.at(-1)) return;
      const values = keys.map((key) => record[key]);
      for (const key of now) delete record[key];
      keys.forEach((key, i) => {
        record[key] = values[i];
      });
    });
  }

  #keepVariable({ module, index, value }: Variable): void {
    const { info, access } = module.scope;
    const { kind } = info.variables[index]!;
    if (isWeak(value)) {
      const copy = this.#copyWeak(value);
      this.#restores.push(() => void access(index, "restore", copy()));
    } else if (kind === "let" || kind === "var")
      this.#restores.push(() => void access(index, "restore", value));
  }

  #seeKnownBy(map: WeakMap<object, unknown>): void {
    for (const object of [...this.#seen] as object[]) if (map.has(object)) this.#see(map.get(object));
  }

  /** A weak collection cannot be emptied: a new one takes its place, with what it knew of the objects of the image. */
  #copyWeak(value: WeakMap<object, unknown> | WeakSet<object>): () => unknown {
    const known = ([...this.#seen] as object[]).filter((object) => value.has(object));
    if (value instanceof WeakSet) return () => new WeakSet(known);
    const entries = known.map((object) => [object, value.get(object)] as const);
    return () => new WeakMap(entries);
  }
}

function variablesOf(module: LoadedModule): Variable[] {
  const { info, access } = module.scope;
  return info.variables.flatMap(({ kind }, index) =>
    kind === "import" ? [] : [{ module, index, value: access(index, false) }],
  );
}

const isWeak = (value: unknown): value is WeakMap<object, unknown> | WeakSet<object> =>
  value instanceof WeakMap || value instanceof WeakSet;

/** Its content is in no property. */
function isOpaque(object: object): boolean {
  return (
    isWeak(object) ||
    object instanceof Date ||
    /Generator|Promise|Iterator/.test(Object.prototype.toString.call(object))
  );
}

function isDictionary(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype === null || prototype === Object.prototype;
}

function writer(keys: readonly string[]): Shape["write"] {
  const stores = keys.map((key, i) => `o[${JSON.stringify(key)}]=v[${i}];`);
  return new Function("o", "v", stores.join("")) as Shape["write"];
}
