// Non-null, as, satisfies, angle brackets and definite assignment in every expression position.
interface Opts { deep?: { list?: number[]; f?(x: number): number }; name: string }
type Getters<T> = { [K in keyof T & string as `get${Capitalize<K>}`]: () => T[K] };
function getters<T extends object>(o: T): Getters<T> {
  return Object.fromEntries(Object.keys(o).map((k) => [`get${k[0]!.toUpperCase()}${k.slice(1)}`, () => (o as Record<string, unknown>)[k]])) as Getters<T>;
}
class Node_<in out T = unknown> {
  static #instances: Node_<any>[] = [];
  next!: Node_<T> | null;
  readonly tags!: string[];
  constructor(public value: T, next: Node_<T> | null = null!) {
    (this as { next: Node_<T> | null }).next = next!;
    (<{ tags: string[] }>this).tags = [] as string[];
    Node_.#instances.push(this satisfies Node_<T>);
  }
  static count = () => (this.#instances as unknown[]).length;
  map<U>(this: Node_<T>, f: (x: T) => U): Node_<U> {
    return new Node_<U>(f(this.value)!, this.next?.map<U>(f)! ?? null);
  }
}
export function main(log: Log): unknown {
  const opts = { name: "x", deep: { list: [1, 2], f: (x: number) => x + 1 } } satisfies Opts as Opts;
  let late!: number;
  const assign = () => { late = (opts.deep!.list![0]! as number) + <number>opts.deep!.f!(1)!; };
  assign();
  (opts.deep!.list! as number[])[0]! += 5;
  opts!.deep!.list![1]!++;
  delete (opts.deep! as { f?: unknown })!.f;
  const list = new Node_<number>(1, new Node_<number>(2)).map<string>((n) => `#${n}`);
  const { deep: { list: [head = 0 as number] = [] as number[] } = {} as NonNullable<Opts["deep"]> } = opts as Opts;
  for (const x of (opts.deep!.list as Iterable<number>)!) log(x as unknown);
  const tuple = [1, "two", true] as const satisfies readonly unknown[];
  const [a, ...others]: readonly [number, ...unknown[]] = tuple as any as readonly [number, string];
  const g = getters({ port: 80, host: "h" } as const);
  const fn = (function <T extends string>(this: void, x: T): T { return x; }) as <T extends string>(x: T) => T;
  const neg = -(1 as number)!, not = !(late as unknown as boolean), spread = [...(opts.deep?.list ?? ([] as never[]))!];
  return [late, opts, list.value, list.next!.value, head, a, others, g.getPort(), g.getHost!(), fn<"lit">("lit"), neg, not, spread, Node_.count(), (opts as any)?.deep!?.list!.length];
}
