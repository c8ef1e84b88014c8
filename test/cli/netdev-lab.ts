/** Runs the program `netdev-lab` as a user does: the bundle, in a process of its own. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Report } from "../../cli/report.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const bundle = join(root, "dist/cli.mjs");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Environment {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Builds the bundle if a source is newer; a whole file appears at once, as test files run side by side. */
export async function buildCli(): Promise<void> {
  if (existsSync(bundle) && statSync(bundle).mtimeMs > newest(["cli", "sim"])) return;
  const outfile = join(root, `dist/cli.${process.pid}.mjs`);
  const banner = {
    js: 'import { createRequire as $cr } from "node:module"; const require = $cr(import.meta.url);',
  };
  const entryPoints = [join(root, "cli/main.ts")];
  await build({
    entryPoints,
    outfile,
    banner,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    keepNames: true,
  });
  renameSync(outfile, bundle);
}

function newest(folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

export function netdevLab(
  args: readonly string[],
  { cwd = root, env = {} }: Environment = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** `run --json`, parsed. */
export async function report(
  args: readonly string[],
  environment?: Environment,
): Promise<Report & { code: number | null }> {
  const { code, stdout, stderr } = await netdevLab(["run", ...args, "--json"], environment);
  if (stdout === "") throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Report), code };
}

/** A folder with files, gone after the test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "netdev-lab-"));

  write(name: string, text: string): string {
    const path = join(this.path, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
