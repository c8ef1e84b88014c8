// A JSON parser as a class of mutually recursive methods with positions in errors, against the built-in one.
class ParseError extends SyntaxError {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(`${message} at ${at}`);
  }
}
class Parser {
  private i = 0;
  private constructor(private readonly s: string) {}
  static parse(s: string): unknown {
    const p = new Parser(s);
    const v = p.#value();
    if ((p.#space(), p.i < s.length)) p.#fail("trailing");
    return v;
  }
  #fail(what: string): never {
    throw new ParseError(what, this.i);
  }
  #space() {
    while (" \n\t\r".includes(this.s[this.i] ?? "x")) this.i++;
  }
  #eat(c: string, optional = false): boolean {
    this.#space();
    if (this.s.startsWith(c, this.i)) return (this.i += c.length) > 0;
    return optional ? false : this.#fail(`expected ${c}`);
  }
  *#list<T>(close: string, item: () => T): Generator<T> {
    if (this.#eat(close, true)) return;
    do yield item();
    while (this.#eat(",", true));
    this.#eat(close);
  }
  #string(): string {
    let out = "";
    for (;;) {
      const c = this.s[this.i++];
      switch (c) {
        case undefined:
          this.#fail("open string");
        case '"':
          return out;
        case "\\": {
          const e = this.s[this.i++]!;
          if (e === "u") {
            out += String.fromCharCode(parseInt(this.s.slice(this.i, (this.i += 4)), 16));
            continue;
          }
          out += { n: "\n", t: "\t", b: "\b", f: "\f", r: "\r" }[e] ?? (/["\\/]/.test(e) ? e : this.#fail("escape"));
          break;
        }
        default:
          out += c;
      }
    }
  }
  #value = (): unknown => {
    for (const [word, value] of [["true", true], ["false", false], ["null", null]] as const) if (this.#eat(word, true)) return value;
    if (this.#eat("[", true)) return [...this.#list("]", this.#value)];
    if (this.#eat("{", true)) return Object.fromEntries(this.#list("}", () => [(this.#eat('"'), this.#string()), (this.#eat(":"), this.#value())]));
    if (this.#eat('"', true)) return this.#string();
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?/iy;
    number.lastIndex = this.i;
    const m = number.exec(this.s) ?? this.#fail("value");
    this.i = number.lastIndex;
    return +m[0];
  };
}
export function main(log: Log): unknown {
  const texts = ['{"a":[1,-2.5e3,{"b":null}],"c":"x\\n\\u0041\\"","":{}}', "[]", " [ true , false ] ", "[1,]", '{"a" 1}', '"open', "01", "-", '["\\q"]', '{"k":[[[[]]]]}'];
  return texts.map((t) => {
    let expected: unknown;
    try {
      expected = JSON.parse(t);
    } catch {
      expected = "bad";
    }
    try {
      const mine = Parser.parse(t);
      log(JSON.stringify(mine) === JSON.stringify(expected));
      return mine;
    } catch (e) {
      return e instanceof ParseError ? [e.message, e.at, expected] : "other";
    }
  });
}
