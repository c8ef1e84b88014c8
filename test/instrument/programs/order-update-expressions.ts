// ++ and -- on locals, captured variables, properties, accessors, strings, bigints and objects.
export function main(log: Log): unknown {
  let i = 0;
  const a: any[] = [];
  a[i++] = i++;
  a[i] = i-- + --i;
  a[i++ + ++i] = [i, i++, ++i, i];
  const sums = [i++ + i++, ++i - i--, -i++ * +i, - --i];
  let big = 5n;
  const bigs = [big++, ++big, big--, -big, ~big];
  let text: any = "41";
  const texts = [text++, text, typeof text];
  let obj: any = {
    n: 1,
    valueOf() {
      log("valueOf");
      return this.n * 10;
    },
  };
  const objs = [obj++, obj--, typeof obj];
  class Counter {
    #n = 0;
    static total = 0;
    get n() {
      log("get", this.#n);
      return this.#n;
    }
    set n(v) {
      log("set", v);
      Counter.total += v;
      this.#n = v;
    }
    spin() {
      return [this.#n++, ++this.#n, this.n++, --this.n, Counter.total--];
    }
  }
  const c = new Counter();
  const spun = c.spin();
  let captured = 0;
  const inc = () => captured++;
  const captures = [inc(), ++captured, inc() + captured++ + inc(), captured];
  let u: any;
  const undef = [u++, u];
  const list = [5, 6, 7];
  const index = () => (log("index"), 1);
  list[index()]++;
  --list[index()];
  list[index()]--;
  return [a, i, sums, bigs, texts, objs, spun, captures, undef, list, Counter.total];
}
