/**
 * `netdev-lab bench explore`: schedules to the first bug of the programs in examples/threads, beside what others published
 * for the programs of the same shape. Twenty seeds, limit 10,000; the runs from which a strategy learns count.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readKernel } from "../../host/kernelFiles.ts";
import { expectShortLives } from "../../host/shortLives.ts";
import { Runner } from "../../sim/explore/runner.ts";
import { makeSearcher, STRATEGIES, type StrategyName } from "../../sim/explore/searchers.ts";
import { DEFAULT_CONFIG, type LabConfig } from "../../sim/lab/config.ts";
import { prepare } from "../../sim/lab/program.ts";

interface Row {
  readonly name: string;
  readonly file: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Published means: SURW, PCT-3, POS, RW; null where nothing was found or reported. */
  readonly published: readonly [number | null, number | null, number | null, number | null];
}

const ROWS: readonly Row[] = [
  { name: "account", file: "account", published: [6, 4, 4, 18] },
  { name: "bluetooth", file: "bluetooth", published: [70, 112, 36, 215] },
  { name: "carter01", file: "carter01", published: [null, 5, 2, 1] },
  { name: "circular_buffer", file: "circular_buffer", published: [3, 9, 2, 4] },
  { name: "deadlock01", file: "deadlock01", published: [2, 13, 4, 3] },
  { name: "reorder_3", file: "reorder", params: { setters: "2" }, published: [7, 185, 86, null] },
  { name: "reorder_4", file: "reorder", params: { setters: "3" }, published: [7, 554, 533, null] },
  { name: "reorder_5", file: "reorder", params: { setters: "4" }, published: [10, 647, 2169, null] },
  { name: "reorder_10", file: "reorder", params: { setters: "9" }, published: [17, 3225, null, null] },
  { name: "reorder_50", file: "reorder", params: { setters: "49" }, published: [13, 3304, null, null] },
  { name: "reorder_100", file: "reorder", params: { setters: "99" }, published: [194, null, null, null] },
  { name: "stack", file: "stack", published: [5, 3, 2, 176] },
  { name: "twostage", file: "twostage", params: { writers: "1" }, published: [8, 13, 15, 464] },
  { name: "twostage_50", file: "twostage", params: { writers: "49" }, published: [20, 1676, 1637, null] },
  { name: "twostage_100", file: "twostage", params: { writers: "99" }, published: [454, 7466, 6674, null] },
  { name: "wronglock_3", file: "wronglock", params: { others: "3" }, published: [9, 58, 11, 36] },
  { name: "stringbuffer", file: "stringbuffer", published: [8, 281, 23, 2243] },
  { name: "queue", file: "queue", published: [2, 3, 1, 1] },
  {
    name: "interlocked_work_steal_queue",
    file: "interlocked_work_steal_queue",
    published: [6, 48, 14, null],
  },
  { name: "work_steal_queue", file: "work_steal_queue", published: [6, 48, 12, null] },
  { name: "cve_2009_3547", file: "cve_2009_3547", published: [4, 4, 3, 5] },
  { name: "cve_2011_2183", file: "cve_2011_2183", published: [3, 5, 2, 2] },
  { name: "cve_2015_7550", file: "cve_2015_7550", published: [6, 9, 6, 1] },
  { name: "cve_2016_1973", file: "cve_2016_1973", published: [5, 10, 5, 308] },
  { name: "cve_2016_7911", file: "cve_2016_7911", published: [8, 20, 11, 3] },
  { name: "cve_2017_6346", file: "cve_2017_6346", published: [15, 24, 10, 3] },
  { name: "safestack", file: "safestack", published: [368_921, null, null, null] },
];

const SEEDS = 20;
const LIMIT = 10_000;

/** Programs and workloads whose schedules are counted: with rules, and with the search for data races besides. */
const SPEED_ROWS: readonly { readonly model: string; readonly workload: string; readonly nic: string }[] = [
  ...["account", "cve_2009_3547", "stack", "twostage", "work_steal_queue", "wronglock"].map((name) => ({
    model: `threads/${name}`,
    workload: "threads",
    nic: "none",
  })),
  { model: "snull/snull", workload: "smoke", nic: "none" },
  { model: "labnic/labnic", workload: "smoke", nic: "labnic" },
];

/** Processor time of this process, in milliseconds: what else the computer does is no part of it. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Schedules a second of processor time, once the code has run for `warmMs`. */
function rateOf(runner: Runner, warmMs: number, measuredMs: number): number {
  const searcher = makeSearcher("random", { seed: 1 });
  let run = 0;
  const runFor = (ms: number): number => {
    const [first, started] = [run, spentMs()];
    while (spentMs() - started < ms) runner.search(searcher, run++);
    return ((run - first) * 1000) / (spentMs() - started);
  };
  runFor(warmMs);
  return runFor(measuredMs);
}

/** `warm=MS` and `measure=MS`: how long each row runs before and while schedules are counted. */
function speedBench(root: string, warmMs: number, measuredMs: number): void {
  console.log("| program, workload | schedules/s and core | with races | ratio |");
  console.log("|---|---|---|---|");
  for (const { model, workload, nic } of SPEED_ROWS) {
    const [plain, races] = [false, true].map((races) =>
      rateOf(
        runnerFor(join(root, "examples", `${model}.ts`), workload, { ...DEFAULT_CONFIG, nic, races }),
        warmMs,
        measuredMs,
      ),
    ) as [number, number];
    const ratio = `${Math.round((races / plain) * 100)} %`;
    console.log(`| ${model}, ${workload} | ${plain.toFixed(0)} | ${races.toFixed(0)} | ${ratio} |`);
  }
}

function runnerFor(model: string, workload: string, config: LabConfig): Runner {
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);
  const image = readKernel(import.meta.url)!.image;
  const { program, diagnostics } = prepare({ model, workload, files: { read }, image });
  if (program === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  expectShortLives();
  return new Runner(program, config);
}

/**
 * `args`: names of strategies (default auto), `seeds=N`, `limit=N`, `only=NAME`; or `speed`: how many schedules a second,
 * with `warm=MS` and `measure=MS`.
 */
export function exploreBench(root: string, args: readonly string[]): void {
  const named = STRATEGIES.filter((s) => args.includes(s));
  const strategies: readonly StrategyName[] = named.length > 0 ? named : ["auto"];
  const number = (key: string, otherwise: number): number =>
    Number(args.find((a) => a.startsWith(`${key}=`))?.slice(key.length + 1) ?? otherwise);
  if (args.includes("speed")) {
    speedBench(root, number("warm", 8000), number("measure", 4000));
    return;
  }
  const only = args.find((a) => a.startsWith("only="))?.slice(5);
  const rows = ROWS.filter((row) => only === undefined || row.name.startsWith(only));
  console.log(
    `| program | ${strategies.map((s) => `${s} mean (found)`).join(" | ")} | schedules/s | SURW | PCT-3 | POS | RW |`,
  );
  console.log(`|---|${strategies.map(() => "---|").join("")}---|---|---|---|---|`);
  for (const row of rows) {
    const cells = strategies.map((s) =>
      measure(root, row, s, number("seeds", SEEDS), number("limit", LIMIT)),
    );
    const rate = Math.round(cells.reduce((sum, c) => sum + c.rate, 0) / cells.length);
    const published = row.published.map((p) => p ?? "–").join(" | ");
    console.log(`| ${row.name} | ${cells.map((c) => c.text).join(" | ")} | ${rate} | ${published} |`);
  }
}

function measure(
  root: string,
  row: Row,
  strategy: StrategyName,
  seeds: number,
  limit: number,
): { text: string; rate: number } {
  const model = join(root, "examples/threads", `${row.file}.ts`);
  const runner = runnerFor(model, "threads", { ...DEFAULT_CONFIG, nic: "none", params: row.params ?? {} });
  const found: number[] = [];
  let runs = 0;
  const started = spentMs();
  for (let seed = 1; seed <= seeds; seed++) {
    const searcher = makeSearcher(strategy, { seed: Math.imul(seed, 7919) });
    for (let run = 0; run < limit; run++) {
      const outcome = runner.search(searcher, run);
      if (outcome === null) break;
      runs++;
      if (!outcome.violations.some((v) => v.severity === "error")) continue;
      found.push(run + 1);
      break;
    }
  }
  const mean = found.length === 0 ? "–" : (found.reduce((a, b) => a + b, 0) / found.length).toFixed(1);
  return { text: `${mean} (${found.length}/${seeds})`, rate: (runs * 1000) / (spentMs() - started) };
}
