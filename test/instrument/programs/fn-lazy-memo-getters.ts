// A dependency container with lazy getters that replace themselves, cycles found at run time, scopes.
type Factory<T = unknown> = (c: any) => T;
class Container {
  #making: string[] = [];
  #made: string[] = [];
  [name: string]: any;
  constructor(factories: Record<string, Factory>, parent?: Container) {
    if (parent) Object.setPrototypeOf(this, Object.create(parent));
    for (const [name, factory] of Object.entries(factories)) {
      Object.defineProperty(this, name, {
        configurable: true,
        enumerable: true,
        get: () => {
          if (this.#making.includes(name)) throw new Error(`cycle: ${[...this.#making, name].join(" -> ")}`);
          this.#making.push(name);
          try {
            const value = factory(this);
            this.#made.push(name);
            return Object.defineProperty(this, name, { value })[name];
          } finally {
            this.#making.pop();
          }
        },
      });
    }
  }
  static history(c: Container) {
    return c.#made;
  }
}
export function main(log: Log): unknown {
  let ids = 0;
  const root = new Container({
    id: () => ++ids,
    config: ({ id }) => ({ url: `http://${id}` }),
    client: (c) => (log("client"), { get: (p: string) => `${c.config.url}/${p}#${c.id}` }),
    a: ({ b }) => b,
    b: ({ c }) => c,
    c: (k) => (k.flag ? k.a : "broke the cycle"),
    flag: () => ids > 1,
    broken: () => {
      throw new TypeError("factory");
    },
  });
  const child = new Container({ id: () => "child " + ++ids, greet: (c) => `${c.client.get("hi")} from ${c.id}` }, root);
  const out: unknown[] = [child.greet, child.greet, root.id, Container.history(root), Container.history(child)];
  for (const name of ["a", "broken", "broken", "c"])
    try {
      out.push(root[name]);
    } catch (error) {
      out.push((error as Error).message);
    }
  return [out, Object.keys(child), Container.history(root).length];
}
