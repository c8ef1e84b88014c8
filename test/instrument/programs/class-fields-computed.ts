// Computed field names are evaluated once, values per instance; closures over loop variables in classes.
export function main(log: Log): unknown {
  let evaluations = 0;
  const name = (n: string) => (evaluations++, log("name", n), n + evaluations);
  const classes = [];
  for (let i = 0; i < 3; i++) {
    const k = "key" + i;
    classes.push(
      class {
        [name(k)] = i++;
        static [name("static")] = () => [i, k];
        [`${k}Method`]() {
          return [i, Object.keys(this)];
        }
        get [k + "Getter"]() {
          return i;
        }
        static {
          i += 0;
        }
        bump = () => ++i;
      },
    );
  }
  const [A, B] = classes as any[];
  const a1 = new A();
  const a2 = new A();
  a1.bump();
  const results: unknown[] = [Object.keys(a1), a1.key0Method(), a2.key0Getter, classes.length, Object.keys(B), (Object.values(B)[0] as any)()];
  const order: string[] = [];
  const track = (s: string): any => (order.push(s), s);
  class Ordered {
    [track("1")] = track("value 1");
    static [track("2")] = track("value 2");
    [track("3")]() {}
    static get [track("4")]() {
      return track("got 4");
    }
    static [track("5")] = (Ordered as any)[4];
    "quoted field" = track("quoted");
    42 = track("numeric");
    async = track("named async");
    static static = track("static static");
    get = 1;
    set = track("set");
  }
  const o: any = new Ordered();
  return [results, evaluations, order, Object.keys(o), o.get, o.async];
}
