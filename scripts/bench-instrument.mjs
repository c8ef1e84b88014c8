// How many ticks a second instrumented code runs: a transmit path with locks and a descriptor ring.
// Usage: node scripts/bench-instrument.mjs
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const program = `
interface Lock { locked: number; owner: string | null }
function spin_lock(lock: Lock) { while (lock.locked !== 0) { cpu_relax(); } lock.locked = 1; lock.owner = "cpu0"; }
function spin_unlock(lock: Lock) { lock.owner = null; lock.locked = 0; }
let relaxed = 0;
function cpu_relax() { relaxed++; }
const RING = 256;
class Skb { len: number; data: Uint8Array; constructor(len: number) { this.len = len; this.data = bytes; } }
const bytes = new Uint8Array(64);
const dev = { lock: { locked: 0, owner: null } as Lock, head: 0, tail: 0, ring: [] as any[], stats: { tx: 0, bytes: 0 }, stopped: false, ops: { xmit: hard_start_xmit } };
function ring_space(d: typeof dev) { return RING - (d.head - d.tail); }
function map_single(skb: Skb) { let sum = 0; for (let i = 0; i < 4; i++) { sum = (sum + skb.data[i]) & 0xffff; } return sum; }
function hard_start_xmit(skb: Skb, d: typeof dev): number {
  spin_lock(d.lock);
  if (ring_space(d) <= 1) { d.stopped = true; spin_unlock(d.lock); return 1; }
  const index = d.head % RING;
  const desc = d.ring[index];
  desc.skb = skb;
  desc.addr = map_single(skb);
  desc.flags = 0x8000 | skb.len;
  d.head++;
  d.stats.tx++;
  d.stats.bytes += skb.len;
  spin_unlock(d.lock);
  return 0;
}
function clean(d: typeof dev) {
  spin_lock(d.lock);
  while (d.tail < d.head) { const desc = d.ring[d.tail % RING]; desc.skb = null; desc.flags = 0; d.tail++; }
  d.stopped = false;
  spin_unlock(d.lock);
}
export default function main(packets: number) {
  dev.ring = []; dev.head = dev.tail = 0;
  for (let i = 0; i < RING; i++) { dev.ring.push({ skb: null, addr: 0, flags: 0 }); }
  for (let i = 0; i < packets; i++) {
    const skb = new Skb(64);
    if (dev.ops.xmit(skb, dev) !== 0) { clean(dev); dev.ops.xmit(skb, dev); }
  }
  return dev.stats.tx;
}`;

const folder = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const outfile = join(folder, "instrument.mjs");
  const contents =
    'export * from "./sim/instrument/index.ts"; export * from "./sim/instrument/testing/monitor.ts"; export * from "./sim/instrument/parse.ts";';
  await build({
    stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
  });
  const start = performance.now();
  const { compile, load, call, TestMonitor } = await import(pathToFileURL(outfile).href);
  console.log(`import of the compiler: ${(performance.now() - start).toFixed(0)} ms`);
  for (const [rich, points] of [
    [true, "accesses"],
    [true, "explicit"],
    [false, "accesses"],
    [false, "explicit"],
  ]) {
    const before = performance.now();
    const compiled = compile(program, { id: "bench", file: "bench.ts", points, rich });
    const compiling = performance.now() - before;
    const monitor = new TestMonitor(false);
    const module = load(compiled, monitor, () => ({}));
    monitor.run(module.init());
    let best = 0;
    let result = "";
    for (let round = 0; round < 6; round++) {
      monitor.ticksLeft = monitor.pointsLeft = 1_000_000_000;
      const from = performance.now();
      monitor.run(call(module.exports.default, undefined, [200_000]));
      const seconds = (performance.now() - from) / 1000;
      const ticks = 1_000_000_000 - monitor.ticksLeft;
      const taken = 1_000_000_000 - monitor.pointsLeft;
      if (ticks / seconds > best) {
        best = ticks / seconds;
        result = `${(ticks / seconds / 1e6).toFixed(1)} M ticks/s, ${(taken / seconds / 1e6).toFixed(1)} M points/s, ${(0.2 / seconds).toFixed(2)} M packets/s`;
      }
    }
    console.log(`rich ${rich}, points ${points}: ${result}, compiled in ${compiling.toFixed(0)} ms`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
