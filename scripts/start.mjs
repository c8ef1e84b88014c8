// npm start: installs, builds, and opens an editor with the extension and the snull example, ready for F5.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findBrowser, installWorkbench } from "../test/workbench/install.mjs";
import { startWorkbench } from "../test/workbench/server.mjs";
import { fail, onPath, prepare, root, run } from "./prepare.mjs";

const example = join(root, "examples/snull");

const FIRST_STEPS = `Open snull.ts, click left of a line of snull_tx to set a breakpoint, and press F5 (choose "Netdev Lab" if asked).`;

const HELP = `npm start [-- --headless] [-- --browser] [-- --port N]
  Opens VS Code with Netdev Lab and the snull example. Without "code" on the PATH: a browser-hosted VS Code.
  --headless   a scripted debug session in the terminal instead of an editor
  --browser    the browser-hosted VS Code even if there is a "code"
  --port N     its port (default: a free one)`;

const { headless, browser, port, help } = options();
if (help) {
  console.log(HELP);
  process.exit(0);
}
prepare();
const hasDisplay = process.platform !== "linux" || !!(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
// In the terminal of a remote VS Code "code" speaks to the window, wherever that is.
const code = hasDisplay || process.env.VSCODE_IPC_HOOK_CLI ? onPath("code") : undefined;
if (headless) await demo();
else if (code && !browser) openCode(code);
else if (browser || hasDisplay || findBrowser()) await serve();
else {
  console.log("This machine has no display and no browser: here is the session in the terminal.");
  await demo();
}

function options() {
  try {
    return parseArgs({
      options: {
        headless: { type: "boolean" },
        browser: { type: "boolean" },
        port: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    fail(`${error.message}\n\n${HELP}`);
  }
}

async function demo() {
  const { runDemo } = await import("./demo.mjs");
  process.exitCode = await runDemo();
}

/** The user's own VS Code, straight from this checkout: nothing is installed into it. */
function openCode(path) {
  console.log("Opening your VS Code with the extension of this checkout (nothing is installed into it).");
  const args = ["--new-window", `--extensionDevelopmentPath=${root}`, example, join(example, "snull.ts")];
  const shell = process.platform === "win32";
  if (run(path, shell ? args.map((arg) => `"${arg}"`) : args, { shell }) !== 0) fail("code did not start.");
  console.log(FIRST_STEPS);
}

async function serve() {
  if (port !== undefined && !/^\d{1,5}$/.test(port)) fail(`--port wants a number, not '${port}'.`);
  const { packExtension } = await import("./package.mjs");
  installWorkbench();
  const vsix = packExtension();
  const settings = { "workbench.colorTheme": "Default Light Modern" };
  const workbench = await startWorkbench({ vsix, settings, port: port && Number(port) });
  console.log(`\nVS Code with Netdev Lab runs at\n\n    ${workbench.url(example)}\n`);
  console.log(`${FIRST_STEPS}\nCtrl+C ends it.`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => void workbench.stop().then(() => process.exit(0)));
  }
  await workbench.exited;
  process.exitCode = 1;
}
