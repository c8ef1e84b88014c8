/** A text that tells two values apart wherever a program could: holes, -0, accessors, prototypes, key order, identity. */
export function describe(value: unknown): string {
  const seen = new Map<object, number>();
  const show = (v: unknown, depth: number): string => {
    if (typeof v === "string") return JSON.stringify(v);
    if (typeof v === "bigint") return `${v}n`;
    if (typeof v === "number") return Object.is(v, -0) ? "-0" : String(v);
    if (typeof v === "symbol" || v === null || typeof v !== "object") {
      return typeof v === "function" ? `[Function ${functionName(v as () => void)}]` : String(v);
    }
    const before = seen.get(v);
    if (before !== undefined) return `[same as #${before}]`;
    seen.set(v, seen.size);
    return depth > 8 ? "…" : showObject(v, depth + 1);
  };
  const showObject = (o: object, depth: number): string => {
    if (ArrayBuffer.isView(o) && !(o instanceof DataView)) {
      return `${tag(o)}(${Array.from(o as unknown as ArrayLike<unknown>, (x) => show(x, depth)).join(",")})`;
    }
    const parts: string[] = [];
    if (o instanceof Error) parts.push(`name=${show(o.name, depth)}`, `message=${show(o.message, depth)}`);
    if (o instanceof Map)
      for (const [k, v] of Map.prototype.entries.call(o)) parts.push(`${show(k, depth)}=>${show(v, depth)}`);
    if (o instanceof Set) for (const v of Set.prototype.values.call(o)) parts.push(show(v, depth));
    for (const key of Reflect.ownKeys(o)) {
      if (o instanceof Error && (key === "stack" || key === "message")) continue;
      const descriptor = Reflect.getOwnPropertyDescriptor(o, key);
      if (descriptor === undefined || (Array.isArray(o) && key === "length")) continue;
      const name = typeof key === "symbol" ? `[${String(key)}]` : key;
      const hidden = descriptor.enumerable ? "" : "~";
      const text = "value" in descriptor ? show(descriptor.value, depth) : accessor(descriptor);
      parts.push(`${hidden}${name}: ${text}`);
    }
    const length = Array.isArray(o) ? `#${o.length}` : "";
    return `${tag(o)}${length}{${parts.join(", ")}}`;
  };
  return show(value, 0);
}

const accessor = (d: PropertyDescriptor): string => `<${d.get ? "get" : ""}${d.set ? "set" : ""}>`;

function functionName(f: (...args: never[]) => unknown): string {
  const name = Reflect.getOwnPropertyDescriptor(f, "name")?.value as unknown;
  const length = Reflect.getOwnPropertyDescriptor(f, "length")?.value as unknown;
  return `${typeof name === "string" ? name : typeof name}/${String(length)}`;
}

function tag(o: object): string {
  const proto = Reflect.getPrototypeOf(o);
  if (proto === null) return "null-proto";
  const maker = Reflect.getOwnPropertyDescriptor(proto, "constructor")?.value as unknown;
  const name = typeof maker === "function" ? functionName(maker as () => void).split("/")[0] : "?";
  return name === "Object" ? "" : String(name);
}
