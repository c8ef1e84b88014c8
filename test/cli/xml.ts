/** Reads XML strictly, as far as reports need it: one element, nested elements, attributes, text. Throws where it is not well-formed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function readXml(text: string): XmlElement {
  const reader = new Reader(text);
  reader.skip(/<\?xml version="1\.0" encoding="UTF-8"\?>\s*/y);
  const element = reader.element();
  reader.skip(/\s*/y);
  reader.end();
  return element;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  element(): XmlElement {
    const [, name] = this.skip(/<([A-Za-z][\w.-]*)/y);
    const attributes: Record<string, string> = {};
    for (
      let m = this.#try(/\s+([A-Za-z][\w.-]*)="([^"<]*)"/y);
      m;
      m = this.#try(/\s+([A-Za-z][\w.-]*)="([^"<]*)"/y)
    ) {
      if (m[1]! in attributes) this.#fail(`attribute ${m[1]} twice`);
      attributes[m[1]!] = this.#decoded(m[2]!);
    }
    if (this.#try(/\s*\/>/y)) return { name: name!, attributes, children: [], text: "" };
    this.skip(/\s*>/y);
    const children: XmlElement[] = [];
    let inside = "";
    while (!this.#try(new RegExp(`</${name}\\s*>`, "y"))) {
      const chars = this.#try(/[^<]+/y);
      if (chars) inside += this.#decoded(chars[0]);
      else children.push(this.element());
    }
    return { name: name!, attributes, children, text: inside };
  }

  skip(what: RegExp): RegExpExecArray {
    return this.#try(what) ?? this.#fail(`no ${what.source}`);
  }

  end(): void {
    if (this.#at < this.#text.length) this.#fail("something behind the end");
  }

  #try(what: RegExp): RegExpExecArray | null {
    what.lastIndex = this.#at;
    const match = what.exec(this.#text);
    if (match) this.#at = what.lastIndex;
    return match;
  }

  #decoded(raw: string): string {
    if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(raw))
      this.#fail("a character that is none");
    return raw.replace(/&([^;]*);?/g, (whole, name: string) => {
      const code = /^#(\d+)$/.exec(name)?.[1];
      const char = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
      if (char === undefined || !whole.endsWith(";")) this.#fail(`no entity: ${whole}`);
      return char!;
    });
  }

  #fail(why: string): never {
    throw new Error(`no XML at ${this.#at}: ${why}: ${this.#text.slice(this.#at, this.#at + 60)}`);
  }
}
