// Private methods as values, private names in nested classes, setters only, and writes to methods.
export function main(log: Log): unknown {
  class Outer {
    #x = 1;
    #m(this: Outer, n = this.#x) {
      return (this.#x += n);
    }
    set #w(v: number) {
      log("write only", v);
      this.#x = v;
    }
    static #s = [1, 2, 3];
    static sum = this.#s.reduce((a, b) => a + b);
    static #helper<T>(f: () => T) {
      return f();
    }
    Inner = class Inner {
      #x = "inner";
      peek(o: Outer) {
        return [this.#x, Outer.#helper(() => this.#x.length), #x in o];
      }
      outerMethod(o: Outer) {
        return o.#m(100);
      }
    };
    methods() {
      const detached = this.#m;
      return [detached === this.#m, detached.name, detached.call(this, 5), new Outer().#m === detached, this.#m?.(1)];
    }
    bad(kind: number): any {
      switch (kind) {
        case 0:
          // @ts-ignore
          return (this.#m = 5 as any);
        case 1:
          // @ts-ignore
          return this.#w;
        case 2:
          this.#w = 50;
          return this.#x;
        case 3:
          // @ts-ignore
          return (({}) as Outer).#m();
        case 4:
          return (undefined as any)?.#x.y.z;
        case 5:
          return delete (this as any).nothing && this.#x++;
      }
    }
  }
  const o = new Outer();
  const inner = new o.Inner();
  const out: unknown[] = [inner.peek(o), inner.outerMethod(o), o.methods(), Outer.sum];
  for (let k = 0; k < 6; k++)
    try {
      out.push(o.bad(k));
    } catch (error) {
      out.push([(error as Error).name, k]);
    }
  const twice = class {
    static #instances = new WeakSet<object>();
    constructor(o: object) {
      if (twice.#instances.has(o)) throw new Error("seen");
      twice.#instances.add(o);
    }
  };
  new twice(o);
  try {
    new twice(o);
  } catch (error) {
    out.push((error as Error).message);
  }
  return out;
}
