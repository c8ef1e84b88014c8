/** From a place that a user means to a place where the program can stop. */
import type { CompiledModule, PcInfo } from "../../sim/instrument/monitor.ts";

export interface Located {
  readonly pc: number;
  readonly info: PcInfo;
}

/** Statements of a module in the order of the text. */
export function statementsOf(module: CompiledModule): Located[] {
  return module.pcs
    .map((info, pc) => ({ pc, info }))
    .filter(({ info }) => info.kind === "statement")
    .sort((a, b) => a.info.line - b.info.line || a.info.column - b.info.column || a.pc - b.pc);
}

/**
 * The statement where a breakpoint at `line` (and `column`) stops: the first that begins there; with a column the one
 * that begins at it, else the last before it on the line; else the next one below. Null: there is none below.
 */
export function locate(module: CompiledModule, line: number, column?: number): Located | null {
  const statements = statementsOf(module);
  const onLine = statements.filter(({ info }) => info.line === line);
  if (onLine.length > 0) {
    if (column === undefined) return onLine[0]!;
    const before = onLine.filter(({ info }) => info.column <= column);
    return before.at(-1) ?? onLine[0]!;
  }
  return statements.find(({ info }) => info.line > line) ?? null;
}

/** Statements that begin within a range of the text. */
export function statementsWithin(
  module: CompiledModule,
  range: { line: number; column: number; endLine: number; endColumn: number },
): Located[] {
  return statementsOf(module).filter(
    ({ info }) =>
      (info.line > range.line || (info.line === range.line && info.column >= range.column)) &&
      (info.line < range.endLine || (info.line === range.endLine && info.column <= range.endColumn)),
  );
}
