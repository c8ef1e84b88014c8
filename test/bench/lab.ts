/** Labs for measurements: snull (repaired) under a workload of the benchmark. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readKernel } from "../../host/kernelFiles.ts";
import { DEFAULT_CONFIG } from "../../sim/lab/config.ts";
import { Lab } from "../../sim/lab/lab.ts";
import { prepare } from "../../sim/lab/program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

export function makeLab(
  workload: string,
  { rules, races = false }: { rules: boolean; races?: boolean },
): Lab {
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);
  const { image } = readKernel(import.meta.url)!;
  const request = {
    model: join(root, "examples/snull/snull-fixed.ts"),
    workload: join(root, "test/bench", workload),
  };
  const { program, diagnostics } = prepare({ ...request, files: { read }, image });
  if (program === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return new Lab(program, { ...DEFAULT_CONFIG, maxTicks: 1e12, nic: "none", races }, { rules });
}

export function advance(lab: Lab, ticks: number): void {
  const goal = lab.machine.tickCount + ticks;
  while (lab.machine.tickCount < goal) {
    const state = lab.run(Math.max(1, goal - lab.machine.tickCount));
    if (state.kind !== "slice") throw new Error(`the benchmark's run ended: ${JSON.stringify(state)}`);
  }
}
