/** Help texts, made from the table of options. */
import { type Command, OPTIONS } from "./options.ts";

const USAGE: Record<Command, readonly [usage: string, does: string]> = {
  run: ["run MODEL.ts", "one run of the model under a workload"],
  check: ["check PATH…", "runs every model found, under its own header; for CI"],
  rules: ["rules [ID]", "prints the rule catalogue, or one rule"],
  dap: ["dap [--port N]", "the debug adapter, on stdio or a socket, for any editor"],
  bench: ["bench", "the project's own benchmarks"],
  explore: ["explore MODEL.ts", "searches for a schedule that breaks a rule"],
  lint: ["lint FILE.ts…", "what can be said without running: the static rules"],
  replay: ["replay FILE.schedule.json", "runs a saved schedule again, exactly"],
  merge: ["merge DIR|FILE…", "joins the results of the shards of an exploration"],
};

export function help(command: Command | null): string {
  if (command === null) {
    const lines = Object.values(USAGE).map(([usage, does]) => `  netdev-lab ${usage.padEnd(27)} ${does}`);
    return `Runs and debugs models of Linux network drivers on a simulated multiprocessor.\n\n${lines.join("\n")}\n\n\`netdev-lab help COMMAND\` lists the options of a command.\nExit codes: 0 nothing found, 1 a rule is broken, 2 the request is wrong, 3 internal error.\n`;
  }
  const [usage, does] = USAGE[command];
  const options = OPTIONS.filter((o) => o.of.includes(command)).map((o) => {
    const flag = `--${o.name}${o.value ? ` ${o.value}` : ""}`;
    return `  ${flag.padEnd(26)} ${o.help}${o.repeatable ? " (repeatable)" : ""}`;
  });
  return `netdev-lab ${usage}: ${does}\n${options.length > 0 ? `\n${options.join("\n")}\n` : ""}`;
}
