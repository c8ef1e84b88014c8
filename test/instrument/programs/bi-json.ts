// JSON with toJSON, replacers (function and list), indent, revivers that delete, BigInt, cycles, order.
class Version {
  constructor(
    readonly major: number,
    readonly minor: number,
  ) {}
  toJSON(key: string) {
    return key === "raw" ? this.#pair() : `${this.major}.${this.minor}@${key}`;
  }
  #pair() {
    return [this.major, this.minor];
  }
}
export function main(log: Log): unknown {
  const data: any = {
    b: new Version(1, 2),
    raw: new Version(3, 4),
    list: [new Version(5, 6), undefined, () => 1, Symbol("s"), NaN, -0, , null],
    2: "two",
    1: "one",
    get computed() {
      log("getter");
      return { deep: this.b.major };
    },
    skip: undefined,
    boxed: [Object("s"), Object(5), Object(false)],
    [Symbol("hidden")]: 1,
    str: '"\\\u2028\n\ud800',
  };
  const visits: string[] = [];
  const text = JSON.stringify(data);
  const replaced = JSON.stringify(data, function (this: any, k, v) {
    visits.push(`${k}:${Array.isArray(this) ? "a" : "o"}${this[k] === v ? "=" : "~"}`);
    if (k === "boxed") return undefined;
    return typeof v === "number" ? v * 2 : v;
  }, 2);
  const picked = JSON.stringify(data, ["list", 1, "raw", "deep"] as any, "--");
  const revived = JSON.parse('{"a":[1,2,{"x":null}],"drop":1,"n":{"v":"2024"},"__proto__":5}', function (this: any, k, v) {
    log("revive", k, Object.keys(this).length);
    if (k === "drop") return undefined;
    if (k === "1") delete this[2];
    if (k === "v") return { parsed: +v };
    return Array.isArray(v) ? Object.assign(v, { tagged: true }) : v;
  });
  const failures = [() => JSON.stringify(1n), () => { const c: any = {}; c.self = { c }; return JSON.stringify(c); }, () => JSON.parse("{bad}")].map((f) => {
    try {
      return f();
    } catch (error) {
      return (error as Error).name;
    }
  });
  (BigInt.prototype as any).toJSON = function () {
    return `${this}n`;
  };
  const big = JSON.stringify({ n: 12n });
  delete (BigInt.prototype as any).toJSON;
  return [text, replaced, visits, picked, revived, revived.a.tagged, Object.keys(revived), failures, big];
}
