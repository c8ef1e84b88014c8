import {
  ascending,
  bin,
  bisector,
  cross,
  deviation,
  extent,
  flatRollup,
  group,
  InternMap,
  index,
  median,
  permute,
  quantile,
  quickselect,
  rollup,
  shuffler,
  ticks,
  transpose,
} from "d3-array";

export function main(log: Log, small: boolean): unknown {
  const data = Array.from({ length: small ? 6 : 60 }, (_, i) => ({
    id: i,
    kind: "abc"[i % 3]!,
    v: (i * 7919) % 101,
  }));
  let state = 1;
  const shuffle = shuffler(() => (state = (state * 16807) % 2147483647) / 2147483647);
  log(
    shuffle([1, 2, 3, 4, 5]),
    extent(data, (d) => d.v),
    median(data, (d) => d.v),
    deviation([1, 2, 4]),
  );
  const groups = group(
    data,
    (d) => d.kind,
    (d) => d.v % 2,
  );
  const bins = bin<{ v: number }, number>()
    .value((d) => d.v)
    .thresholds(5)(data)
    .map((b) => [b.x0, b.x1, b.length]);
  return [
    [...groups.keys()],
    bins,
    [
      ...rollup(
        data,
        (l) => l.length,
        (d) => d.kind,
      ),
    ],
    flatRollup(
      data,
      (l) => l.length,
      (d) => d.kind,
      (d) => d.v > 50,
    ),
    quantile([3, 1, 2], 0.3),
    bisector((d: { id: number }) => d.id).left(data, 4),
    cross([1, 2], "xy"),
    transpose([
      [1, 2],
      [3, 4],
    ]),
    ticks(0, 1, 7),
    quickselect([5, 3, 9, 1], 2),
    permute(["a", "b", "c"], [2, 0]),
    [...new InternMap([[{ valueOf: () => 1 }, "one"]] as never, Number)],
    index(data.slice(0, 2), (d) => d.id).size,
    [3, 1, 2].sort(ascending),
  ];
}
