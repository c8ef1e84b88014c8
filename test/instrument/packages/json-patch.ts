import jsonpatch from "fast-json-patch";

export function main(log: Log, small: boolean): unknown {
  const before = { a: [1, 2, { b: "x" }], "t/~k": { deep: true }, gone: 1 };
  const after = { a: [0, 1, { b: "y" }, null], "t/~k": { deep: false, more: [] }, added: { k: "v" } };
  const patch = jsonpatch.compare(before, after, true);
  log(patch);
  const applied = jsonpatch.applyPatch(
    jsonpatch.deepClone(before),
    jsonpatch.compare(before, after),
  ).newDocument;
  const watched: typeof before = jsonpatch.deepClone(before);
  const observer = jsonpatch.observe(watched);
  watched.a.push(9);
  const bad = jsonpatch.validate(
    [
      { op: "remove", path: "/nope" },
      { op: "weird" as "add", path: "/a", value: 1 },
    ],
    before,
  );
  return small
    ? applied
    : [
        applied,
        jsonpatch.generate(observer),
        bad?.name,
        bad?.index,
        jsonpatch.getValueByPointer(before, "/t~1~0k/deep"),
      ];
}
