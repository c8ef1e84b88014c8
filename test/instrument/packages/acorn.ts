import { parse, tokenizer } from "acorn";

const SOURCE = `class A extends B { #x = 1; static { a: for (;;) break a; } get [k]() { return super.k?.(\`t\${1}\`) } }
async function* f({ a = 1, ...b }, [c]) { for await (const x of y) yield* x; }
export default (p, q = function () { return new.target; }) => p ?? q ** 2 / /re[/]x/giu.test(\`\`) ; 0x1fn; label: { if (a) break label; else try { throw 1 } catch {} }`;

export function main(log: Log, small: boolean): unknown {
  const ast = parse(small ? "let x = (a, b) => a + b / 2;" : SOURCE, {
    ecmaVersion: 2022,
    sourceType: "module",
    locations: !small,
  });
  const types: Record<string, number> = {};
  JSON.stringify(ast, (_, v) => {
    if (v && typeof v.type === "string") types[v.type] = (types[v.type] ?? 0) + 1;
    return typeof v === "bigint" ? `${v}n` : v;
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program to be read
  log([...tokenizer("a += `x${b}` /2", { ecmaVersion: 2020 })].map((t) => t.type.label));
  return ["let let = 1", "a b", "{", "'open", "x = {a = 1}", "super()"]
    .slice(0, small ? 2 : 6)
    .map((code) => {
      try {
        return parse(code, { ecmaVersion: 2022, sourceType: "module" }).body.length;
      } catch (error) {
        return [(error as Error).message, (error as { pos: number }).pos];
      }
    })
    .concat([types as never]);
}
