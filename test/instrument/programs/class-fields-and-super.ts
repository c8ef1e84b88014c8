// Field initialisers, super calls in odd places, arrows that capture this before and after super.
export function main(log: Log): unknown {
  class A {
    a = (log("A.a", Object.keys(this)), 1);
    self = () => this;
    constructor(public tag: string) {
      log("A body", tag, Object.keys(this).length);
    }
    describe() {
      return `A(${this.tag})`;
    }
  }
  class B extends A {
    b = (log("B.b", this.a), this.a + 1);
    c = this.describe();
    arrow = (n: number) => [super.describe(), this.b + n, new.target === undefined];
    constructor(tag: string, early = () => tag) {
      const later = () => this;
      try {
        later();
      } catch (error) {
        log((error as Error).name, (error as Error).message);
      }
      const parent = (t: string) => super(t + early());
      if (tag) parent("B" + tag);
      else super("none");
      log(later() === this, this.c);
    }
    override describe() {
      return `B<${super.describe()}>${this.b ?? "no b yet"}`;
    }
  }
  class C extends B {
    b = 100;
    constructor() {
      super("c");
      try {
        super("again");
      } catch {
        log("unreachable");
      }
    }
  }
  class Forgot extends A {
    // @ts-ignore
    constructor(how: number) {
      if (how === 1) return;
      if (how === 2) return { other: true } as any;
      if (how === 3) return 5 as any;
      super("fine");
      if (how === 4) super("twice");
    }
  }
  const results: unknown[] = [];
  for (const make of [() => new B("x"), () => new B(""), ...[0, 1, 2, 3, 4].map((n) => () => new Forgot(n))])
    try {
      const made: any = make();
      results.push([Object.keys(made), made.arrow?.(1), made.self?.() === made]);
    } catch (error) {
      results.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
  return results;
}
