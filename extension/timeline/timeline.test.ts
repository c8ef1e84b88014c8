/** The parts of the timeline that are arithmetic: where things are, which key does what, what is asked for, what is exported. */
import { expect, test } from "vitest";
import type {
  EventRow,
  LaneSlice,
  TimelineArguments,
  TimelineSlice,
} from "../../debug-adapter/messages/timeline.ts";
import { fill, useTranslation } from "../l10n.ts";
import { chromeTrace } from "./chromeTrace.ts";
import { timelinePage } from "./page.ts";
import { timelineStrings } from "./strings.ts";
import { actionOf } from "./webview/keys.ts";
import { firstAt, itemAt, layOut, ROW_HEIGHT } from "./webview/rows.ts";
import { scaleMarks } from "./webview/scale.ts";
import { Slices } from "./webview/slices.ts";
import { panned, showing, widthOf, zoomed } from "./webview/span.ts";

const extent = { from: 0, to: 1000 };

test("zooming keeps the place under the mouse, and stays inside what there is", () => {
  const view = zoomed(extent, extent, 0.5, 250, "time");
  expect(view).toEqual({ from: 125, to: 625 });
  expect(zoomed(view, extent, 100, 250, "time")).toEqual(extent);
  expect(widthOf(zoomed(view, extent, 1e-9, 250, "time"))).toBeCloseTo(20);
});

test("panning ends at the edges, and showing moves no more than needed", () => {
  expect(panned({ from: 100, to: 200 }, extent, -500)).toEqual({ from: 0, to: 100 });
  expect(panned({ from: 100, to: 200 }, extent, 5000)).toEqual({ from: 900, to: 1000 });
  expect(showing({ from: 100, to: 200 }, extent, 150)).toEqual({ from: 100, to: 200 });
  expect(showing({ from: 100, to: 200 }, extent, 300)).toEqual({ from: 210, to: 310 });
});

const lanes: LaneSlice[] = [
  {
    id: "cpu0",
    title: "CPU 0",
    tracks: [
      {
        kind: "process",
        row: 0,
        items: [
          [0, 10, 0, 1, 1],
          [20, 30, 1, 1, 5],
        ],
      },
      { kind: "violation", row: 0, items: [[25, 25, 2, 1, 6]] },
    ],
  },
  { id: "wire", title: "Wire", tracks: [{ kind: "packet", row: 0, items: [] }] },
];

test("what stands at a point of the picture is found, a mark from a little beside it too", () => {
  const { rows } = layOut(lanes);
  expect(rows.map(({ first }) => first)).toEqual([true, false, true]);
  const at = (x: number, row: number) => itemAt(rows, x, rows[row]!.top + ROW_HEIGHT / 2, 2)?.item[4];
  expect([at(5, 0), at(15, 0), at(19, 0), at(27, 1), at(29, 1), at(5, 2)]).toEqual([
    1,
    undefined,
    5,
    6,
    undefined,
    undefined,
  ]);
  expect(firstAt(lanes[0]!.tracks[0]!.items, 15)).toBe(1);
});

test("marks of the scale can be told apart, however near they are", () => {
  const marks = scaleMarks({ from: 58_528_000, to: 58_528_100 }, "time", 5);
  expect(marks[1]).toEqual({ at: 58_528_020, text: "58.52802 ms" });
  expect(new Set(marks.map(({ text }) => text)).size).toBe(marks.length);
  expect(scaleMarks({ from: 0, to: 2e9 }, "time", 4).map(({ text }) => text)).toEqual([
    "0 ns",
    "500 ms",
    "1.0 s",
    "1.5 s",
    "2.0 s",
  ]);
  expect(scaleMarks({ from: 1, to: 7 }, "events", 20).map(({ text }) => text)).toContain("#5");
});

test("each key does one thing, and the editor's own keys are left alone", () => {
  const key = (name: string, more = {}) =>
    actionOf({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
  expect(key("ArrowLeft")).toEqual({ kind: "event", backwards: true, sameLane: false });
  expect(key("ArrowRight", { ctrlKey: true })).toEqual({ kind: "event", backwards: false, sameLane: true });
  expect(key("ArrowRight", { shiftKey: true })).toMatchObject({ kind: "pan" });
  expect(key("V", { shiftKey: true })).toEqual({ kind: "violation", backwards: true });
  expect(key("Enter")).toEqual({ kind: "travel" });
  expect([key("p", { ctrlKey: true }), key("v", { ctrlKey: true }), key("F5"), key("Tab")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("a slice is asked for when what is kept does not do, one at a time", async () => {
  const asked: TimelineArguments[] = [];
  const slices = new Slices(
    async (args) => {
      asked.push(args);
      return {
        ...args,
        from: args.from ?? 0,
        to: args.to ?? 1000,
        extent,
        lanes: [],
      } as unknown as TimelineSlice;
    },
    () => {},
    (error) => expect.fail(error.message),
  );
  const want = async (view: { from: number; to: number } | null): Promise<number> => {
    slices.want({ axis: "time", view, columns: 100, filter: {} });
    slices.want({ axis: "time", view, columns: 100, filter: {} });
    await new Promise((resolve) => setImmediate(resolve));
    return asked.length;
  };
  expect(await want(null)).toBe(1);
  expect(await want({ from: 100, to: 900 })).toBe(1);
  expect(await want({ from: 400, to: 500 })).toBe(2);
  expect(asked[1]).toMatchObject({ from: 300, to: 600, columns: 300 });
  expect(await want({ from: 350, to: 450 })).toBe(2);
  expect(await want({ from: 250, to: 350 })).toBe(3);
  slices.forget();
  expect(await want({ from: 250, to: 350 })).toBe(4);
});

test("the exported trace has a process for each lane, and spans of one thread do not overlap", () => {
  const row = (
    event: number,
    timeNs: number,
    lastsNs: number | null,
    more: Partial<EventRow> = {},
  ): EventRow => ({
    ...{ event, timeNs, lane: "cpu0", kind: "lock", row: 0, text: `e${event}`, lastsNs, open: false },
    ...more,
  });
  const rows = [
    row(1, 1000, 500),
    row(2, 1200, null, { row: 1, open: true }),
    row(3, 3000, null, { lane: "wire", kind: "packet" }),
  ];
  const { traceEvents } = chromeTrace(rows, {});
  expect(traceEvents.filter(({ ph }) => ph !== "M")).toMatchObject([
    { ph: "X", ts: 1, dur: 0.5, pid: 1, tid: 1, args: { event: 1 } },
    { ph: "X", ts: 1.2, dur: 1.8, pid: 1, tid: 2 },
    { ph: "i", ts: 3, pid: 2, tid: 3 },
  ]);
  const names = traceEvents.filter(({ ph }) => ph === "M").map(({ args }) => args?.name);
  expect(names).toEqual(["cpu0", "lock", "lock 2", "wire", "packet"]);
});

test("the page takes words in any language, and loads nothing from elsewhere", () => {
  useTranslation((text) => `«${text}» "&<`);
  const strings = timelineStrings();
  useTranslation(fill);
  const page = timelinePage({
    script: "s.js",
    style: "s.css",
    source: "https://x",
    nonce: "n1",
    language: "de",
    strings,
  });
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("«Filter: lock");
  expect(page).not.toMatch(/<(?=[^!/hmltsb])/);
  expect(fill("{0} of {1}", 3, "x")).toBe("3 of x");
});
