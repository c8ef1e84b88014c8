// The main job in the terminal: a scripted debug session on snull, over the Debug Adapter Protocol.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DapClient } from "./dap-client.mjs";
import { root } from "./prepare.mjs";

const program = join(root, "examples/snull/snull.ts");
const source = readFileSync(program, "utf8").split("\n");
const MARKER = "// #bp snull_tx";

/** Runs the session and prints what a user would see; returns the exit code: 0 if all of it was there. */
export async function runDemo() {
  const adapter = join(root, "dist/debug-adapter.mjs");
  const dap = new DapClient(process.execPath, [adapter]);
  try {
    await launch(dap);
    const stopped = await stopAtBreakpoint(dap);
    await showCpus(dap, stopped.threadId);
    const frame = await showStack(dap, stopped.threadId);
    await showScopes(dap, frame.id);
    await step(dap, stopped.threadId, frame.line);
    await runToViolation(dap, stopped.threadId);
    await dap.request("disconnect", { terminateDebuggee: true }).catch(() => {});
    title("That is the tour. In an editor the same happens with F5: npm start.");
    return 0;
  } catch (error) {
    console.error(`\nThe demo failed: ${error.message}`);
    return 1;
  } finally {
    dap.close();
  }
}

async function launch(dap) {
  title("Launch examples/snull/snull.ts, as F5 does");
  const capabilities = await dap.request("initialize", {
    clientID: "netdev-lab-demo",
    adapterID: "netdev-lab",
    pathFormat: "path",
    linesStartAt1: true,
    columnsStartAt1: true,
  });
  const launched = dap.request("launch", { program });
  // A refused launch must be told at once, not after waiting for an event that never comes.
  await Promise.race([dap.event("initialized"), launched.then(() => dap.event("initialized"))]);
  await setBreakpoint(dap, true);
  const filters = (capabilities.exceptionBreakpointFilters ?? [])
    .filter((f) => f.default)
    .map((f) => f.filter);
  await dap.request("setExceptionBreakpoints", { filters });
  await dap.request("configurationDone");
  await launched;
}

async function setBreakpoint(dap, on) {
  const line = source.findIndex((text) => text.includes(MARKER)) + 1;
  check(line > 0, `examples/snull/snull.ts has no marker '${MARKER}'`);
  const breakpoints = on ? [{ line }] : [];
  const answer = await dap.request("setBreakpoints", { source: { path: program }, breakpoints });
  check(answer.breakpoints.length === breakpoints.length, "the breakpoint was not answered");
}

async function stopAtBreakpoint(dap) {
  const { event, body } = await dap.event("stopped", "terminated");
  check(
    event === "stopped" && body.reason === "breakpoint",
    `no stop at the breakpoint, but ${body?.reason ?? event}`,
  );
  title("Stopped at the breakpoint in snull_tx");
  return body;
}

async function showCpus(dap, threadId) {
  const { threads } = await dap.request("threads");
  check(threads.length >= 2, "fewer than two CPUs");
  for (const thread of threads) console.log(`  ${thread.id === threadId ? "→" : " "} ${thread.name}`);
}

async function showStack(dap, threadId) {
  title("Call stack");
  const { stackFrames } = await dap.request("stackTrace", { threadId, startFrame: 0, levels: 20 });
  const [top] = stackFrames;
  check(top?.name.includes("snull_tx"), `the top frame is ${top?.name}, not snull_tx`);
  for (const frame of stackFrames) {
    const place = frame.source
      ? `${frame.source.name ?? basename(frame.source.path ?? "")}:${frame.line}`
      : "";
    console.log(`    ${frame.name.padEnd(32)} ${place}`);
  }
  showLine(top.line);
  return top;
}

async function showScopes(dap, frameId) {
  const { scopes } = await dap.request("scopes", { frameId });
  for (const name of ["Context", "Held locks"]) {
    const scope = scopes.find((s) => s.name.startsWith(name));
    check(scope, `no scope '${name}'`);
    const { variables } = await dap.request("variables", { variablesReference: scope.variablesReference });
    title(scope.name);
    for (const variable of variables) console.log(`    ${variable.name} = ${variable.value}`);
    check(variables.length > 0, `the scope '${name}' is empty`);
  }
  const { result } = await dap.request("evaluate", { expression: "dev.name", frameId, context: "repl" });
  title(`Debug Console\n    > dev.name\n    ${result}`);
}

async function step(dap, threadId, from) {
  await dap.request("next", { threadId });
  const { event, body } = await dap.event("stopped", "terminated");
  check(event === "stopped" && body.threadId === threadId, "the step did not end on its CPU");
  const { stackFrames } = await dap.request("stackTrace", { threadId, startFrame: 0, levels: 1 });
  title("Step over");
  check(stackFrames[0]?.line !== from, "the step went nowhere");
  showLine(stackFrames[0].line);
}

async function runToViolation(dap, threadId) {
  await setBreakpoint(dap, false);
  await dap.request("continue", { threadId });
  const { event, body } = await dap.event("stopped", "terminated");
  check(event === "stopped" && body.reason === "exception", `no violation, but ${body?.reason ?? event}`);
  const info = await dap.request("exceptionInfo", { threadId: body.threadId });
  title(`Violation of ${info.exceptionId}: ${info.description ?? body.text ?? ""}`);
  const [violation] = dap.take("netdev-lab/violation");
  check(violation, "the violation was not announced");
  const { message, file, line, column, cpu, context, related } = violation.body;
  console.log(`    ${message}\n    at ${basename(file)}:${line}:${column}, CPU ${cpu}, ${context}`);
  for (const place of related ?? []) {
    console.log(`    ${place.message}: ${basename(place.file)}:${place.line}:${place.column}`);
  }
  if (file === program) showLine(line);
}

function showLine(line) {
  for (let n = line - 1; n <= line + 1; n++) {
    console.log(`  ${n === line ? "→" : " "} ${String(n).padStart(4)}  ${source[n - 1] ?? ""}`);
  }
}

function title(text) {
  console.log(`\n${text}`);
}

function check(condition, message) {
  if (!condition) throw new Error(message);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await runDemo();
