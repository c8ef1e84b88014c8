import type { Context } from "../../sim/machine/model.ts";
import type { StackEntry } from "../../sim/machine/stack.ts";
import { UserError } from "../errors.ts";
import type { Dap } from "../protocol.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { contextTitle } from "../session/cpuView.ts";
import type { Session } from "../session/session.ts";
import { FrameContainer } from "../variables/frameScopes.ts";

type Line = { entry: StackEntry } | { label: string };

/** The contexts of a CPU on top of each other; a label stands where one context has interrupted another. */
export const stackTrace: RequestHandler<"stackTrace"> = {
  command: "stackTrace",
  needs: "stopped",
  shape: { threadId: "integer", startFrame: "integer?", levels: "integer?" },
  handle(args, session) {
    const cpu = args.threadId - 1;
    if (session.live.machine.cpus[cpu] === undefined)
      throw new UserError(`there is no thread ${args.threadId}`);
    const lines = withLabels(session.live.frames(cpu));
    const start = Math.max(0, args.startFrame ?? 0);
    const end = args.levels === undefined || args.levels <= 0 ? lines.length : start + args.levels;
    const shown = lines.slice(start, end).map((line, i) => describe(session, cpu, line, start + i));
    return { stackFrames: shown, totalFrames: lines.length };
  },
};

function withLabels(entries: readonly StackEntry[]): Line[] {
  const lines: Line[] = [];
  let above: Context | null = null;
  for (const entry of entries) {
    if (above !== null && entry.context !== above) lines.push({ label: separator(above, entry.context) });
    lines.push({ entry });
    above = entry.context;
  }
  return lines;
}

function separator(above: Context, below: Context): string {
  return `— ${contextTitle(above)} on top of ${contextTitle(below)} —`;
}

/** Ids of labels: negative ones are never looked up. */
function describe(session: Session, cpu: number, line: Line, index: number): Dap.StackFrame {
  if ("label" in line)
    return { id: -1 - index, name: line.label, line: 0, column: 0, presentationHint: "label" };
  const { frame } = line.entry;
  const { client, sources, live } = session;
  const module = frame.fn.module;
  const range = module.pcs[frame.pc] ?? frame.fn.range;
  return {
    id: session.frames.of(new FrameContainer(live, cpu, frame)),
    name: frame.fn.name,
    source: sources.of(module, client),
    line: client.line(range.line),
    column: client.column(range.column),
    endLine: client.line(range.endLine),
    endColumn: client.column(range.endColumn),
    ...(sources.isKernel(module) ? { presentationHint: "subtle" as const } : {}),
  };
}
