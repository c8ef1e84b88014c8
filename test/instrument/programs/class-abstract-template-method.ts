// Template methods with hooks, protected steps, super calls with arguments spread, static factories in a registry.
abstract class Driver {
  static #registry = new Map<string, new (...args: any[]) => Driver>();
  static register(name: string) {
    return <C extends new (...args: any[]) => Driver>(c: C): C => (Driver.#registry.set(name, c), c);
  }
  static probe(name: string, ...args: unknown[]): Driver {
    const found = this.#registry.get(name);
    if (!found) throw new ReferenceError(`no driver ${name} among ${[...this.#registry.keys()]}`);
    return new found(...args);
  }
  protected steps: string[] = [];
  abstract get irq(): number;
  run(...args: number[]): string {
    let result = "fine";
    try {
      this.before?.(...args);
      result = `${this.irq}:${this.body(...args)}`;
    } catch (e) {
      result = this.failed(e as Error);
      if (!result) throw e;
    } finally {
      this.after();
    }
    return `${result} [${this.steps.splice(0).join(" ")}]`;
  }
  protected before?(...args: number[]): void;
  protected abstract body(...args: number[]): unknown;
  protected failed(e: Error) {
    return `failed ${e.message}`;
  }
  protected after() {
    this.steps.push("after");
  }
}
const Plain = Driver.register("plain")(
  class Plain extends Driver {
    irq = 5;
    body(a = 1, b = a) {
      this.steps.push("body");
      if (a > b) throw new Error(`${a}>${b}`);
      return a + b;
    }
  },
);
class Careful extends (Plain as any as new () => any) {
  get irq() {
    return 7;
  }
  set irq(_) {}
  before(...args: number[]) {
    this.steps.push(`before ${args.length}`);
    if (args.includes(0)) throw new TypeError("zero");
  }
  body(...args: number[]) {
    return super.body(...args.map((x) => x * 2)) + "!";
  }
  failed(e: Error) {
    return e instanceof TypeError ? "" : super.failed(e);
  }
  after = () => (super.after(), this.steps.push("own after"));
}
export function main(log: Log): unknown {
  Driver.register("careful")(Careful as any);
  return [["plain", 1, 2], ["plain", 3, 1], ["careful", 1, 2], ["careful", 4, 1], ["careful", 0], ["none"], ["plain"]].map(([name, ...args]) => {
    try {
      const d = Driver.probe(name as string);
      log(Object.keys(d));
      return d.run(...(args as number[]));
    } catch (e) {
      return `${e}`;
    }
  });
}
