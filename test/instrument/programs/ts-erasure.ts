// Types that vanish: overloads, generics, assertions, satisfies, predicates, definite, this types, abstract.
type Handler<T extends unknown[] = []> = (...args: T) => void;
interface Box<out T> {
  readonly value: T;
  map<U>(f: (x: T) => U): Box<U>;
}
declare function external(x: number): string;
declare let nowhere: Box<number>;
abstract class Base<T> {
  abstract readonly id: string;
  protected abstract make(x: T): T;
  declare typed: T;
  optional?: number;
  definite!: string;
  [key: string]: any;
  overload(x: string): string;
  overload(x: number): number;
  overload(x: any): any {
    return typeof x === "string" ? x + this.id : (x as number) * 2;
  }
  chain(this: this & Base<T>): this {
    return this;
  }
}
class Concrete<K extends string = "k"> extends Base<number> implements Iterable<K> {
  override readonly id = "c";
  protected make = <const X,>(x: X): X => x;
  *[Symbol.iterator](): Iterator<K> {
    yield* ["a", "b"] as unknown as K[];
  }
  private constructor(private readonly a: number = 1, public b?: string) {
    super();
  }
  static of<T>(this: new (a?: number, b?: string) => T, ...rest: [a?: number, b?: string]): T {
    return new this(...rest);
  }
}
function isText(x: unknown): x is string {
  return typeof x === "string";
}
function assertText(x: unknown, message = "no text"): asserts x is string {
  if (!isText(x)) throw new TypeError(message);
}
function pick<T, K extends keyof T>(o: T, ...keys: K[]): Pick<T, K>;
function pick(o: any, ...keys: any[]) {
  return Object.fromEntries(keys.map((k) => [k, o[k]]));
}
export type { Box };
export function main(log: Log): unknown {
  const config = { port: 80, tags: ["x"] as const } satisfies Record<string, unknown>;
  const handler: Handler<[number, string?]> = (n, s = <string>"angle") => log(n, s!);
  handler(1);
  const c = (Concrete as any).of(5, "bee") as Concrete;
  let u: string | undefined;
  try {
    assertText(u);
  } catch (e: unknown) {
    log((e as TypeError).message);
  }
  const generic = <T,>(x: T, y?: T): [T, T?] => [x, y];
  let x = 1 as any as string as unknown as number;
  (x as number) = 5;
  (c.b! as any) = "assigned";
  const less = x < 3, more = (x > (2));
  const inst = Array<number>(3).length;
  const o = { m<T>(this: void, t: T) { return t; }, async: 1, type: 2, declare: 3, namespace: 4, abstract: 5, is: 6, as: 7 };
  type Local = typeof o;
  const as = o as Local, satisfies = as satisfies Local;
  return [Object.keys(c), c.overload("s"), c.overload(4), [...c], generic<number>(1), x, c.b, less, more, inst, satisfies.as, pick(config, "port"), c.chain() === c, o.m<string>("t"), c.optional, "definite" in c];
}
