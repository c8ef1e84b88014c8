/** From what a client wants launched to a compiled program and the settings of its runs. */
import { programHash } from "../../sim/explore/schedule-file.ts";
import type { InstrumentDiagnostic } from "../../sim/instrument/monitor.ts";
import type { Files } from "../../sim/lab/files.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { type Program, prepare } from "../../sim/lab/program.ts";
import type { Place } from "../../sim/machine/events.ts";
import { UserError } from "../errors.ts";
import { loadKernel, modelCompiler } from "./kernel.ts";
import { type LaunchArguments, modelPath, plainPath } from "./launchArguments.ts";
import { readSchedule } from "./savedSchedule.ts";
import { type Settings, settle } from "./settings.ts";

export interface Prepared {
  readonly program: Program;
  readonly settings: Settings;
}

/** Tells the user of what the compiler has found. */
type Tell = (category: "console" | "stderr", text: string, place?: Place) => void;

/** Throws a UserError if there is no such model, or it does not compile. */
export function prepareProgram(args: LaunchArguments, files: Files, tell: Tell): Prepared {
  const saved = args.schedule === undefined ? null : readSchedule(plainPath(args.schedule), files);
  const model = saved?.model ?? modelPath(args);
  const text = files.read(model);
  if (text === null) throw new UserError(`there is no driver model ${model}`, { show: true });
  const settings = saved?.settings ?? settle(args, model, modelHeader(text).settings);
  const { program, diagnostics } = prepare({
    model,
    workload: settings.workload,
    files,
    image: loadKernel(),
    compile: modelCompiler(),
  });
  for (const diagnostic of diagnostics) tellDiagnostic(diagnostic, tell);
  if (program === null) throw compileError(diagnostics);
  if (saved !== null && saved.file.programHash !== programHash(program))
    tell("console", "The program has changed since this schedule was recorded: it may not fit any more.\n");
  return { program, settings };
}

function tellDiagnostic(diagnostic: InstrumentDiagnostic, tell: Tell): void {
  const { file, line, column, severity, message, code } = diagnostic;
  const place: Place = { file, line, column, fn: "", model: true };
  tell("stderr", `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n`, place);
}

function compileError(diagnostics: readonly InstrumentDiagnostic[]): UserError {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const first = errors[0];
  if (first === undefined) return new UserError("the model does not compile", { show: true });
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see the Debug Console)` : "";
  return new UserError(`${first.file}:${first.line}:${first.column}: ${first.message}${more}`, {
    show: true,
  });
}
