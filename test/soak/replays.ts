/**
 * `npm run nightly`: a thousand random schedules of all examples, right and wrong ones, recorded here and replayed in a new
 * process: each must come to the same history, to the bit.
 * Arguments: how many, and the first seed; the replaying process is given the file of the recordings instead.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Runner } from "../../sim/explore/runner.ts";
import { makeSearcher, STRATEGIES } from "../../sim/explore/searchers.ts";
import { type Decision, Replay } from "../../sim/machine/schedule.ts";
import { compiled, type Example, examplesIn } from "./models.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Recording {
  readonly example: number;
  readonly seed: number;
  readonly decisions: readonly Decision[];
  readonly hash: string;
}

const [first = "1000", seed = "1"] = process.argv.slice(2);
const examples = [true, false].flatMap((silent) => examplesIn(join(root, "examples"), silent));
process.exitCode = /^\d+$/.test(first) ? record(Number(first), Number(seed)) : replayAll(first);

/** The runs of one example follow each other: its program is needed for so long only. */
function record(count: number, firstSeed: number): number {
  const folder = mkdtempSync(join(tmpdir(), "replays-"));
  const file = join(folder, "recordings.json");
  const recordings: Recording[] = [];
  for (const [i, example] of examples.entries()) {
    const runs = Math.floor(((i + 1) * count) / examples.length) - Math.floor((i * count) / examples.length);
    const runner = runs > 0 ? runnerOf(example) : null;
    for (let run = 0; run < runs; run++) {
      const s = firstSeed + recordings.length;
      const strategy = STRATEGIES[s % STRATEGIES.length]!;
      const { decisions, hash } = runner!.search(makeSearcher(strategy, { seed: s }), 0)!;
      recordings.push({ example: i, seed: s, decisions: [...decisions], hash });
    }
  }
  writeFileSync(file, JSON.stringify(recordings));
  const args = [...process.execArgv, fileURLToPath(import.meta.url), file];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  rmSync(folder, { recursive: true });
  return status ?? 1;
}

function replayAll(file: string): number {
  const recordings = JSON.parse(readFileSync(file, "utf8")) as Recording[];
  let [failed, last, runner] = [0, -1, null as Runner | null];
  for (const { example, seed, decisions, hash } of recordings) {
    if (example !== last) runner = runnerOf(examples[(last = example)]!);
    const outcome = runner!.play(new Replay(decisions));
    if (outcome.hash === hash) continue;
    failed++;
    console.log(`${examples[example]!.path}, seed ${seed}: ${outcome.hash} instead of ${hash}`);
  }
  console.log(`${recordings.length} schedules replayed, ${failed} with another history`);
  return failed > 0 ? 1 : 0;
}

function runnerOf({ path, workload, config }: Example): Runner {
  return new Runner(compiled(path, workload), config);
}
