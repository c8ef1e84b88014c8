import {
  applyPatches,
  createDraft,
  current,
  enableMapSet,
  enablePatches,
  finishDraft,
  freeze,
  isDraft,
  original,
  produce,
  produceWithPatches,
} from "immer";

export function main(log: Log, small: boolean): unknown {
  enablePatches();
  enableMapSet();
  const base = freeze(
    {
      list: [
        { id: 1, tags: ["a"] },
        { id: 2, tags: [] as string[] },
      ],
      map: new Map([["k", { n: 1 }]]),
      set: new Set([1]),
      deep: { x: { y: 1 } },
    },
    true,
  );
  const next = produce(base, (d) => {
    d.list[0]!.tags.push("b");
    if (small) return;
    d.map.get("k")!.n++;
    d.set.add(2).delete(1);
    d.list = d.list.filter((i) => i.id !== 2);
    log(isDraft(d.deep), original(d)!.deep === base.deep, current(d).list.length);
  });
  const [patched, patches, inverse] = produceWithPatches(base, (d) => {
    d.list[1]!.tags = ["z"];
    delete (d as Partial<typeof d>).deep;
  });
  const draft = createDraft(base);
  draft.deep.x.y = 5;
  const failed = [
    () =>
      produce(base, (d) => {
        d.deep.x.y = 1;
        return { other: 1 } as never;
      }),
    () => (next.list as unknown[]).push(1),
  ].map((f) => {
    try {
      return f();
    } catch (error) {
      return (error as Error).name;
    }
  });
  return [
    next,
    next.deep === base.deep,
    patches,
    applyPatches(patched, inverse).list,
    finishDraft(draft).deep,
    failed,
    produce([3, 1, 2], (d) => void d.sort()),
  ];
}
