// Starts a browser-hosted VS Code in a throw-away home and installs a packed extension into it.
import { execFile, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { codeServer, workbenchNode } from "./install.mjs";

/** Settings that keep the workbench quiet: no gallery, no chat, no telemetry, no downloads. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "chat.agentHost.enabled": false,
  "chat.commandCenter.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "workbench.reduceMotion": "on",
  "editor.cursorBlinking": "solid",
  "debug.openDebug": "openOnDebugBreak",
};

/** @typedef {{ url: (folder: string) => string, home: string, exited: Promise<void>, stop: () => Promise<void> }} Workbench */

/**
 * @param {{ vsix?: string, settings?: Record<string, unknown>, port?: number }} options
 * @returns {Promise<Workbench>}
 */
export async function startWorkbench({ vsix, settings = {}, port } = {}) {
  const home = mkdtempSync(join(tmpdir(), "netdev-lab-workbench-"));
  mkdirSync(join(home, "ud/User"), { recursive: true });
  writeFileSync(join(home, "ud/User/settings.json"), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  const entry = join(codeServer, "out/node/entry.js");
  const dirs = ["--user-data-dir", join(home, "ud"), "--extensions-dir", join(home, "exts")];
  const env = environment(home);
  if (vsix) {
    await promisify(execFile)(workbenchNode(), [entry, ...dirs, "--install-extension", vsix], { env });
  }
  const chosen = port ?? (await freePort());
  const server = spawn(
    workbenchNode(),
    [
      ...[entry, "--auth", "none", "--bind-addr", `127.0.0.1:${chosen}`, ...dirs],
      ...["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
      ...["--disable-getting-started-override", "--ignore-last-opened"],
    ],
    // A group of its own: ending the parent alone would leave extension hosts behind.
    { env, detached: true, stdio: ["ignore", "pipe", "pipe"] },
  );
  const log = createWriteStream(join(home, "server.log"));
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const exited = new Promise((resolve) => server.once("exit", () => resolve()));
  const endGroup = () => {
    try {
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  };
  process.once("exit", endGroup);
  const stop = async () => {
    endGroup();
    process.removeListener("exit", endGroup);
    await exited;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  await ready(`http://127.0.0.1:${chosen}/healthz`, server, home);
  const url = (folder) => `http://127.0.0.1:${chosen}/?folder=${encodeURIComponent(folder)}`;
  return { url, home, exited, stop };
}

function environment(home) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|npm_|NODE_OPTIONS$|VITEST|ELECTRON_)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_DATA_HOME: join(home, ".local/share"),
    XDG_CACHE_HOME: join(home, ".cache"),
    XDG_STATE_HOME: join(home, ".local/state"),
    EXTENSIONS_GALLERY: "{}",
    CS_DISABLE_GETTING_STARTED_OVERRIDE: "1",
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function ready(address, server, home) {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) break;
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The browser-hosted VS Code did not start; see ${join(home, "server.log")}.`);
}
