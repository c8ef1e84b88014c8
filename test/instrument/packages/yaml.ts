import { parse, parseDocument, stringify } from "yaml";

const TEXT = `# lab
machine: &m { cpus: 2, seed: 0x2a, nic: "lab\\tpci" }
drivers:
  - name: snull
    options: { lockup: ~, irq: yes }
    <<: *m
  - |
    block
      text
  - >-
    folded
    text
? [complex, key]
: 1.5e3
...`;

export function main(log: Log, small: boolean): unknown {
  if (small) return [parse("a: [1, {b: c}]"), stringify({ x: [1, "two"] })];
  const doc = parseDocument(TEXT, { merge: true });
  log(doc.errors.length, doc.getIn(["machine", "cpus"]));
  doc.setIn(["drivers", 0, "name"], "dummy");
  const bad = ["a: [1", "a: b: c", "*unknown", "- a\nb"].map((t) =>
    parseDocument(t).errors.map((e) => e.code),
  );
  return [
    parse(TEXT, { merge: true, mapAsMap: true }),
    doc.toString(),
    bad,
    stringify({ list: [1n, null, true, "yes", "multi\nline", { nested: [[]] }], "": "empty" }, { indent: 4 }),
  ];
}
