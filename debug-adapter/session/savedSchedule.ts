/** A schedule that `netdev-lab explore` or `run` has saved: a run as it was found, to be opened in the debugger. */
import { type ScheduleFile, scheduleProblem } from "../../sim/explore/schedule-file.ts";
import { DEFAULT_CONFIG } from "../../sim/lab/config.ts";
import type { Files } from "../../sim/lab/files.ts";
import { UserError } from "../errors.ts";
import { dirname, resolvePath } from "../platform/paths.ts";
import type { Settings } from "./settings.ts";

export interface SavedSchedule {
  readonly model: string;
  readonly settings: Settings;
  readonly file: ScheduleFile;
}

/** Throws a UserError if the file is no schedule. */
export function readSchedule(path: string, files: Files): SavedSchedule {
  const text = files.read(path);
  if (text === null) throw new UserError(`there is no schedule ${path}`, { show: true });
  const file = parsed(path, text);
  const { seed, cpus, settings, workload, decisions } = file;
  const config = { ...DEFAULT_CONFIG, ...settings, seed, cpus, strategy: "random" as const };
  return {
    model: resolvePath(file.model, dirname(path)),
    settings: { config, workload, decisions },
    file,
  };
}

function parsed(path: string, text: string): ScheduleFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is no schedule: ${(error as Error).message}`, { show: true });
  }
  const problem = scheduleProblem(value);
  if (problem !== null) throw new UserError(`${path}: ${problem}`, { show: true });
  return value as ScheduleFile;
}
