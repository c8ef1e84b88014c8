/** Tools that run a driver model's code: the user is asked first, by name of the file. */
import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import { t } from "../l10n.ts";
import { setting } from "../readSettings.ts";
import { runProgram } from "../tests/program.ts";
import { textResult } from "./readingTools.ts";
import { tools } from "./toolList.ts";

interface RunInput {
  readonly file: string;
  readonly workload?: string;
  readonly seed?: number;
  readonly cpus?: number;
}

interface ExploreInput {
  readonly file: string;
  readonly workload?: string;
  readonly seconds?: number;
}

/** `cli`: path of the bundled program; `schedules`: folder for what a search writes. */
export function registerRunningTools(cli: string, schedules: string): vscode.Disposable[] {
  return [
    vscode.lm.registerTool<RunInput>(tools.run.name, {
      prepareInvocation: ({ input }) =>
        asked(t("Run {0}?", basename(input.file)), t("Running {0}", basename(input.file))),
      invoke: ({ input }, token) => ran(cli, runArguments(input), input.file, token),
    }),
    vscode.lm.registerTool<ExploreInput>(tools.explore.name, {
      prepareInvocation: ({ input }) =>
        asked(t("Explore schedules of {0}?", basename(input.file)), t("Exploring {0}", basename(input.file))),
      invoke: ({ input }, token) =>
        ran(cli, exploreArguments(input, setting("exploreSeconds"), schedules), input.file, token),
    }),
  ];
}

export function runArguments({ file, workload, seed, cpus }: RunInput): string[] {
  return [
    "run",
    file,
    "--json",
    ...option("workload", workload),
    ...option("seed", seed),
    ...option("cpus", cpus),
  ];
}

export function exploreArguments(
  { file, workload, seconds }: ExploreInput,
  usual: number,
  out: string,
): string[] {
  return [
    "explore",
    file,
    "--json",
    "--time",
    String(seconds ?? usual),
    "--out",
    out,
    ...option("workload", workload),
  ];
}

function option(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, String(value)];
}

function asked(title: string, invocationMessage: string): vscode.PreparedToolInvocation {
  const message = t("Its code runs on the simulated kernel, inside this computer's Node.");
  return { invocationMessage, confirmationMessages: { title, message } };
}

async function ran(
  cli: string,
  args: readonly string[],
  file: string,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  if (!vscode.workspace.isTrusted)
    throw new Error(t("Running a driver model runs its code: trust the folder first."));
  const output = await runProgram(
    cli,
    args,
    dirname(file),
    () => {},
    (stop) => token.onCancellationRequested(stop),
  );
  return textResult(output);
}
