// Little languages in tagged templates: SQL with parameters, indentation stripping, nested markup, regex building.
interface Sql {
  text: string;
  params: unknown[];
}
const isSql = (x: any): x is Sql => typeof x?.text === "string";
function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  const params: unknown[] = [];
  const text = strings.reduce((acc, s, i) => {
    const v = values[i - 1];
    if (isSql(v)) {
      const shifted = v.text.replace(/\$(\d+)/g, (_, n) => "$" + (+n + params.length));
      params.push(...v.params);
      return acc + shifted + s;
    }
    return acc + (Array.isArray(v) ? `(${v.map((x) => "$" + params.push(x)).join(", ")})` : "$" + params.push(v)) + s;
  });
  return { text, params };
}
function dedent({ raw }: TemplateStringsArray, ...values: unknown[]) {
  const full = String.raw({ raw }, ...values);
  const lines = full.split("\n");
  const indent = Math.min(...lines.filter((l) => l.trim()).map((l) => /^ */.exec(l)![0].length));
  return lines.map((l) => l.slice(indent)).join("\n").trim();
}
const cache = new WeakMap<TemplateStringsArray, number>();
const html = (s: TemplateStringsArray, ...v: unknown[]): { html: string; hits: number } => {
  const hits = (cache.get(s) ?? 0) + 1;
  cache.set(s, hits);
  const render = (x: unknown): string => (Array.isArray(x) ? x.map(render).join("") : typeof x === "function" ? render(x()) : (x as any)?.html ?? String(x ?? "").replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`));
  return { html: s.raw.map((t, i) => t + (i < v.length ? render(v[i]) : "")).join(""), hits };
};
const rx = (flags: string) => ({ raw }: TemplateStringsArray, ...parts: (RegExp | string)[]) => new RegExp(String.raw({ raw }, ...parts.map((p) => (typeof p === "string" ? p.replace(/\W/g, "\\$&") : `(?:${p.source})`))), flags);
export function main(log: Log): unknown {
  const where = sql`age > ${18} and name in ${["a", "b"]}`;
  const query = sql`select * from t where ${where} limit ${5}`;
  const items = ["<one>", "two"].map((x, i) => html`<li class=${i}>${x}</li>`);
  const page = html`<ul>${items}${() => html`<b>${null}</b>`}</ul>`;
  log(page.hits, items.map((i) => i.hits));
  const number = rx("")`[-+]?\d+`;
  const assignment = rx("g")`(\w+)\s*${"="}\s*(${number})`;
  return [query, page.html, dedent`
      first ${1 + 1}
        second\n
      third
  `, [..."a = 1, b=+22".matchAll(assignment)].map(([, k, v]) => [k, +v!]), html`${`nested ${`deep ${1}`}`}`.html];
}
