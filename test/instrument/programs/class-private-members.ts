// #fields, #methods, #accessors, static private, brand checks and what happens on strangers.
class Account {
  static #count = 0;
  static #register(a: Account) {
    Account.#count++;
    return a.#history.push("registered #" + Account.#count);
  }
  static isAccount(x: any): boolean {
    return #balance in x;
  }
  static transfer(from: Account, to: Account, n: number) {
    from.#balance -= n;
    to.#balance += n;
    return [from.#total, to.#total];
  }
  static get opened() {
    return this.#count;
  }
  #balance: number;
  #history: string[] = [];
  #log = (what: string) => this.#history.push(what);
  constructor(start = 0) {
    this.#balance = start;
    Account.#register(this);
  }
  get #total() {
    return `${this.#balance}€`;
  }
  set #total(v: any) {
    this.#log("set " + v);
    this.#balance = +v;
  }
  *#lines() {
    yield* this.#history;
    yield this.#total;
  }
  spend(n: number): this {
    [this.#balance, this.#total] = [this.#balance - n, this.#balance - n * 2];
    this.#total ||= 7;
    this.#balance++;
    ({ x: this.#balance = this.#balance ** 2 } = {} as any);
    return this;
  }
  statement = () => [...this.#lines()].join("; ");
  peek(other?: Account) {
    return other?.#balance ?? other?.#history.length;
  }
}
export function main(log: Log): unknown {
  const [a, b] = [new Account(10), new Account()];
  class Savings extends Account {
    #balance = "own";
    both = () => [this.#balance, this.peek(this)];
  }
  const s = new Savings(3);
  const out: unknown[] = [Account.transfer(a, b, 4), a.spend(2).statement(), b.spend(2).statement(), s.both(), a.peek(), a.peek(b)];
  for (const x of [a, s, {}, Object.create(a), new Proxy(a, {}), 5, null] as any[])
    try {
      out.push(Account.isAccount(x), a.peek(x));
    } catch (error) {
      out.push((error as Error).name);
    }
  for (const f of [() => Account.transfer(a, {} as any, 1), () => (Savings as any).opened, () => new Proxy(a, {}).statement(), () => a.spend.call({} as any, 1)])
    try {
      out.push(f());
    } catch (error) {
      log((error as Error).name);
    }
  return [out, Object.keys(a), Account.opened - (out.length - out.length)];
}
