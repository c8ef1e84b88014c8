// x += f() uses the x from before f, wherever x lives.
let moduleLevel = 1;
function bump(by: number): number {
  moduleLevel += by;
  return by * 10;
}
export function main(log: Log): unknown {
  const out: unknown[] = [];
  moduleLevel += bump(5);
  out.push(moduleLevel);
  let captured = "a";
  const grow = () => ((captured += "b"), "c");
  captured += grow() + captured;
  out.push(captured);
  const box: any = {
    reads: 0,
    hidden: 3,
    get value() {
      this.reads++;
      log("get", this.hidden);
      return this.hidden;
    },
    set value(v) {
      log("set", v);
      this.hidden = v;
    },
  };
  box.value *= (box.value = 7);
  box.value **= 2;
  box.value -= box.value++ - --box.value;
  out.push(box.hidden, box.reads);
  const a = [1, 2, 3, 4];
  let i = 0;
  a[i++] += a[i++] * a[i++];
  a[i] <<= i;
  a[(i--, i)] >>>= 0;
  out.push(a, i);
  let local = 1;
  local += (local = 5) + (local += 2) + local;
  out.push(local);
  const self: any = { n: 1 };
  self.n += delete self.n ? 1 : 0;
  return [...out, self, moduleLevel];
}
