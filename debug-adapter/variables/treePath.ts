/** A path of the variables' tree, walked in any run that stands at the same moment. */
import type { Frame } from "../../sim/instrument/monitor.ts";
import type { Run } from "../session/run.ts";
import type { Container } from "./container.ts";
import { FrameContainer } from "./frameScopes.ts";

/** The frame that a path begins with. */
export function frameOfPath(run: Run, key: string): { cpu: number; frame: Frame | null } {
  const [kind, cpuText, depth] = key.split(":");
  const cpu = kind === "frame" ? Number(cpuText) : run.machine.cpu.id;
  const entry = run.frames(cpu).find(({ frame }) => kind === "frame" && frame.depth === Number(depth));
  return { cpu, frame: entry?.frame ?? null };
}

export function containerAtPath(run: Run, path: readonly string[]): Container | undefined {
  const { cpu, frame } = frameOfPath(run, path[0] ?? "");
  let container: Container | undefined = frame === null ? undefined : new FrameContainer(run, cpu, frame);
  for (const key of path.slice(1)) container = container?.part(key);
  return container;
}
