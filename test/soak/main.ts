/**
 * `npm run soak [-- SECONDS [SEED]]`: for ten minutes the correct examples under random workloads, schedules and faults.
 * No violation, no exception, every twentieth trial played twice to the same history, and memory that does not grow: what
 * is resident after the last minute is at most 110 % of what was after the first.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { examplesIn } from "./models.ts";
import { again, drawTrial, keepAll, play } from "./trial.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const EVERY_TWENTIETH = 20;
const GROWTH = 1.1;
/** Code is compiled and heaps have their size after so many, however slow the machine is. */
const WARM_UP_TRIALS = 100;

const [seconds = 600, firstSeed = 1] = process.argv.slice(2).map(Number);
const warmUpMs = Math.min(60, seconds / 4) * 1000;
const examples = examplesIn(join(root, "examples"), true);
const started = performance.now();
let [trials, ticks, failed, residentAtFirst] = [0, 0, 0, 0];

console.log(`${examples.length} correct models, ${seconds} s, first seed ${firstSeed}`);
keepAll(examples);
while (performance.now() - started < seconds * 1000) {
  const trial = drawTrial(firstSeed + trials, examples);
  const verdict = play(trial);
  trials++;
  ticks += verdict.ticks;
  const complaints = [...verdict.complaints];
  if (trials % EVERY_TWENTIETH === 0 && play(trial).hash !== verdict.hash)
    complaints.push("played twice, it has two histories");
  if (complaints.length > 0) {
    failed++;
    console.log(`seed ${trial.seed}: ${again(trial, join(root, "dist/soak"))}`);
    for (const complaint of complaints) console.log(`    ${complaint}`);
  }
  const isWarm = performance.now() - started > warmUpMs && trials >= WARM_UP_TRIALS;
  if (residentAtFirst === 0 && isWarm) residentAtFirst = resident();
}
const residentAtLast = resident();
const growth = residentAtFirst === 0 ? 0 : residentAtLast / residentAtFirst;
const memory =
  residentAtFirst === 0
    ? "too few trials to judge memory"
    : `resident ${megabytes(residentAtFirst)} after the first minute, ${megabytes(residentAtLast)} at the end (${Math.round(growth * 100)} %)`;
console.log(`${trials} trials, ${ticks} statements, ${failed} failed; ${memory}`);
process.exitCode = failed > 0 || growth > GROWTH ? 1 : 0;

/** After garbage has been collected: what is left is held by somebody. */
function resident(): number {
  for (let i = 0; i < 3; i++) global.gc?.();
  return process.memoryUsage.rss();
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / (1 << 20))} MB`;
}
