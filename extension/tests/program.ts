/** Runs the bundled program `netdev-lab` with the extension host's own executable. */
import { spawn } from "node:child_process";

/** What only goes to people: progress and messages. */
export type Say = (line: string) => void;

export class ProgramError extends Error {}

const EXIT_USAGE = 2;

/**
 * Standard output of a run. `stop` ends the process when it is called back.
 * @throws ProgramError with the program's own words if it refuses or fails; violations are no failure
 */
export function runProgram(
  cli: string,
  args: readonly string[],
  cwd: string,
  say: Say,
  onStop: (stop: () => void) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [output, last] = ["", ""];
    onStop(() => child.kill());
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split(/[\r\n]+/).filter((one) => one.trim() !== "")) say((last = line));
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== null && code < EXIT_USAGE) resolve(output);
      else reject(new ProgramError(code === null ? "stopped" : last));
    });
  });
}
