// Parameter properties with inheritance, defaults, getters over them, and field order.
type Visibility = "public" | "private";
class Point {
  static made = 0;
  readonly tag = `${Point.made}:${this.describe?.()}`;
  constructor(
    public x: number,
    protected readonly y: number = x * 2,
    private _z = x + y,
    plain?: string,
  ) {
    Point.made++;
    if (plain) (this as any).plain = plain;
    this.x++;
    x += 100;
    (this as any).local = x;
  }
  get z() {
    return this._z;
  }
  set z(v) {
    this._z = v;
  }
  describe() {
    return [this.x, this.y, this._z].join();
  }
  with<K extends "x" | "z">(key: K, value: number): Point {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(this)), this);
    copy[key] = value;
    return copy;
  }
}
class Point4 extends Point {
  early = this.describe();
  constructor(
    x: number,
    readonly w: number,
    override readonly y = 7,
  ) {
    const before = [x, w, y].join("/");
    super(x, undefined, w);
    this.late = before + this.describe();
  }
  late: string;
  override describe() {
    return super.describe() + ";" + this.w;
  }
}
export function main(log: Log): unknown {
  const p = new Point(1);
  const q: any = new Point4(2, 30);
  log(Object.keys(p), Object.keys(q));
  const r = q.with("z", 5).with("x", 6);
  const visibilities: Visibility[] = ["public"];
  return [p, q, r, r instanceof Point4, r.describe(), p.z, q.z, q.y, visibilities, Point.length, Point4.length];
}
