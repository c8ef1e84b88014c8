/**
 * `netdev-lab bench`: medians and ratios of one run on one machine. Everything is compared with something measured in the
 * same process; absolute figures are for orientation.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import Sval from "sval";
import type { Lab } from "../../sim/lab/lab.ts";
import { activation } from "./activation.ts";
import { adapterFigures } from "./adapter.ts";
import { answersP95Ms } from "./answers.ts";
import { exploreBench } from "./explore.ts";
import { advance, makeLab } from "./lab.ts";
import { packageSize } from "./package-size.ts";
import { buildPlain } from "./plain-build.mjs";
import { rulesCostRows } from "./rules-cost.ts";
import { median, type Row, table } from "./table.ts";
import { travelRows } from "./travel.ts";
import { typing } from "./typing.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist/build/bench");
const WARM_UP_TICKS = 12e6;
const ROUND_TICKS = 2e6;
const PLAIN_PACKETS = 3_000;
const ROUNDS = 5;

interface Rate {
  readonly packets: number;
  readonly ticks: number;
}

/** Statements a second of a compute loop under the machine; one figure a round. */
function ticksASecond(): number[] {
  const lab = makeLab("ring.ts", { rules: false });
  advance(lab, 20e6);
  return Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    advance(lab, 10e6);
    return 10e6 / ((performance.now() - start) / 1000);
  });
}

/** The instrumented transmit path, warmed up; each call measures one round. */
function transmitting(armed: boolean, rules: boolean): () => Rate {
  const lab = makeLab("transmit.ts", { rules });
  if (armed) armHotPath(lab);
  let packets = 0;
  lab.machine.on("skb-to-driver", () => void packets++);
  advance(lab, WARM_UP_TICKS);
  return () => {
    const before = { packets, time: performance.now() };
    advance(lab, ROUND_TICKS);
    const seconds = (performance.now() - before.time) / 1000;
    return { packets: (packets - before.packets) / seconds, ticks: ROUND_TICKS / seconds };
  };
}

/** A conditional breakpoint that never holds, on the first statement of snull_tx. */
function armHotPath(lab: Lab): void {
  for (const module of lab.modules.values()) {
    for (const fn of module.compiled.functions)
      if (fn.name === "snull_tx") module.breakpoints[fn.firstPc] = 1;
  }
  lab.machine.debugger.onBreakpoint = ({ frame }) =>
    frame.s0?.(0, false) === null ? { reason: "breakpoint" } : null;
}

/** The plain build, warmed up; each call measures the packets a second of one round. */
async function plain(): Promise<() => number> {
  const file = join(out, "plain.mjs");
  await buildPlain(root, join(root, "test/bench/plain-entry.ts"), file);
  const { boot, transmit } = (await import(pathToFileURL(file).href)) as typeof import("./plain-entry.ts");
  boot();
  transmit(4 * PLAIN_PACKETS);
  return () => rate(PLAIN_PACKETS, transmit);
}

/** The plain build, interpreted by a JavaScript interpreter that is written in JavaScript. */
async function interpreted(): Promise<number[]> {
  const file = join(out, "plain-script.js");
  await build({
    entryPoints: [join(out, "plain.mjs")],
    bundle: true,
    format: "iife",
    globalName: "bench",
    target: "es2018",
    outfile: file,
    logLevel: "error",
  });
  const interpreter = new Sval({ ecmaVer: 2019, sourceType: "script", sandBox: true });
  interpreter.run(`${readFileSync(file, "utf8")}\nbench.boot(); exports.transmit = bench.transmit;`);
  const { transmit } = interpreter.exports as { transmit: (n: number) => void };
  transmit(20);
  return Array.from({ length: 3 }, () => rate(50, transmit));
}

function rate(count: number, transmit: (count: number) => void): number {
  const start = performance.now();
  transmit(count);
  return count / ((performance.now() - start) / 1000);
}

const million = (n: number): string => `${(n / 1e6).toFixed(1)} M`;
const thousand = (n: number): string => `${(n / 1e3).toFixed(n < 10_000 ? 1 : 0)} k`;
const times = (n: number): string => `${n.toFixed(1)} ×`;

if (process.argv[2] === "explore") {
  exploreBench(root, process.argv.slice(3));
  process.exit(0);
}

if (process.argv[2] === "rules") {
  console.log(table(rulesCostRows()));
  process.exit(0);
}

if (process.argv[2] === "travel") {
  const looking = /^looking=(\d+)$/.exec(process.argv[3] ?? "")?.[1];
  const rows = await travelRows(root, console.log, looking === undefined ? undefined : Number(looking));
  console.log(`\n${table(rows)}`);
  process.exit(0);
}

mkdirSync(out, { recursive: true });
const ticks = ticksASecond();
const measure = {
  quiet: transmitting(false, false),
  judged: transmitting(false, true),
  armed: transmitting(true, false),
  plain: await plain(),
};
const [quiet, judged, armed, plainRates]: [Rate[], Rate[], Rate[], number[]] = [[], [], [], []];
// what is compared is measured in turn, so that a machine that is busy for a while disturbs all of it alike
for (let round = 0; round < ROUNDS; round++) {
  quiet.push(measure.quiet());
  judged.push(measure.judged());
  armed.push(measure.armed());
  plainRates.push(measure.plain());
}
const interpretedRates = await interpreted();
const packetRate = (rates: readonly Rate[]): number => median(rates.map((r) => r.packets));
const rulesCost = rulesCostRows();
const adapter = await adapterFigures(root);
const answers = await answersP95Ms(root);
const travel = await travelRows(root);
const keys = await typing(root);
const rows: Row[] = [
  [
    "statements a second: locks, ring, statistics (test/bench/ring.ts)",
    million(median(ticks)),
    "≥ 10 M, aim 20 M",
  ],
  [
    "statements a second in snull's transmit path, without rules",
    million(median(quiet.map((r) => r.ticks))),
    "",
  ],
  ["packets a second: snull's transmit path, without rules", thousand(packetRate(quiet)), ""],
  ["packets a second: the same with all rules listening", thousand(packetRate(judged)), ""],
  ...rulesCost,
  ["packets a second: plain JavaScript, same events", thousand(median(plainRates)), ""],
  ["plain / instrumented", times(median(plainRates) / packetRate(quiet)), "≤ 40, aim 20"],
  ["packets a second: plain build interpreted by sval", median(interpretedRates).toFixed(1), ""],
  ["instrumented / interpreted", times(packetRate(quiet) / median(interpretedRates)), "≥ 10"],
  ["conditional breakpoint that never holds, slow-down", times(packetRate(quiet) / packetRate(armed)), "≤ 2"],
  ["launch to first stop", `${adapter.launchMs.toFixed(0)} ms`, "< 400 ms"],
  ["the same, model edited since the last session", `${adapter.editedLaunchMs.toFixed(0)} ms`, ""],
  ["step round trip, p95", `${adapter.stepP95Ms.toFixed(1)} ms`, "< 10 ms"],
  ["answer while the machine runs (pause, threads, cancel), p95", `${answers.toFixed(0)} ms`, "< 50 ms"],
  ...travel,
  ["extension activation", `${activation(root).toFixed(1)} ms`, "< 50 ms"],
  ["size of the .vsix", packageSize(root), "< 3 MB"],
  [
    "keystroke to diagnostics, 2,000 lines, p95",
    keys === null ? "not built" : `${keys.p95Ms.toFixed(0)} ms`,
    "< 100 ms",
  ],
  [
    "memory of the language server",
    keys?.memoryMb == null ? "unknown" : `${keys.memoryMb.toFixed(0)} MB`,
    "< 150 MB",
  ],
];

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown CPU"}, medians of ${ROUNDS} rounds\n`);
console.log(table(rows));
