// Static blocks: private state shared with friends, this, arguments-free scopes, loops and errors.
let friend: { peek(o: Vault): number[]; smash(o: Vault): void };
class Vault {
  #codes = [1, 2, 3];
  static log: unknown[] = [];
  static #level = 0;
  static {
    const local = "in block";
    friend = {
      peek: (o) => o.#codes.map((c) => c * ++Vault.#level),
      smash(o) {
        o.#codes.length = 0;
      },
    };
    for (const [i, name] of ["x", "y"].entries()) {
      (this as any)[name] = () => [local, i, this.#level];
      if (i) continue;
      this.log.push(name);
    }
    var hoistedHere = typeof hoistedHere;
    this.log.push(hoistedHere);
  }
  static derived = class extends this {
    static override log = [...super.log, "derived"];
    static {
      super.log.push("from derived block");
      try {
        throw new Error("inside");
      } catch ({ message }: any) {
        this.log.push(message);
      } finally {
        this.log.push("finally");
      }
    }
  };
  static get level() {
    return this.#level;
  }
  static {
    done: {
      if (this.log.length > 2) break done;
      this.log.push("never");
    }
    this.log.push(Object.getOwnPropertyNames(this).length);
  }
}
export function main(log: Log): unknown {
  const v = new Vault();
  log(friend.peek(v));
  const d = new Vault.derived();
  log(friend.peek(d), (Vault as any).x(), (Vault.derived as any).y());
  friend.smash(v);
  let failed: unknown;
  try {
    void Vault.derived.level;
  } catch (error) {
    failed = (error as Error).name;
  }
  return [friend.peek(v), Vault.level, Vault.log, Vault.derived.log, failed];
}
