/** What language models may do with driver models, as package.json contributes it. Reading needs no confirmation; running code does. */

export const tools = {
  run: tool(
    "run",
    "Run Driver Model",
    "Runs a Linux network driver model once on the simulated kernel and reports which rules it broke, where, and what led there.",
    "Runs a Netdev Lab driver model (a TypeScript file that imports linux/… and calls module_init) once on a simulated multiprocessor, deterministically. Returns JSON: each violation with rule, message, file, line, CPU, context and related places. Use it after an edit to see whether a driver is right under one schedule.",
    { file: file(), workload: workload(), seed: seed(), cpus: cpus() },
    ["file"],
  ),
  explore: tool(
    "explore",
    "Explore Schedules",
    "Searches for an order of events on several CPUs in which the driver model breaks a rule.",
    "Searches many schedules of a Netdev Lab driver model for one that breaks a rule: races, deadlocks, use after free. Returns JSON as the run tool does; `schedule` names a file that replays the violation. Use it when one run is silent, or the bug depends on timing.",
    {
      file: file(),
      workload: workload(),
      seconds: { type: "integer", description: "How long to search; default 20.", minimum: 1, maximum: 600 },
    },
    ["file"],
  ),
  explain: tool(
    "explain",
    "Explain Violations",
    "Tells what is wrong in a driver model by the last run and the checks while typing, with the rule behind each problem.",
    "Returns what Netdev Lab knows to be wrong in a driver model right now (of the last run and of static checks; nothing is run): message, line, related places, and the page of the broken rule with a wrong and a right example. Use it before mending a driver.",
    { file: file(), line: { type: "integer", description: "Only what concerns this line (from 1)." } },
    ["file"],
  ),
  rule: tool(
    "rule",
    "Look Up a Rule",
    "Shows a rule of Linux network drivers: what it demands, why, a wrong and a right example.",
    "Returns the page of a rule of Netdev Lab's catalogue by its id (such as ctx-gfp or lock-order): statement, source in Linux's documentation, wrong and right example, fix. Without an id, or with one that does not exist, it returns the list of ids.",
    { id: { type: "string", description: "Id of the rule, such as skb-double-free." } },
    [],
  ),
} as const;

export const toolContributions = Object.values(tools).map(({ parts }) => parts);

function tool(
  id: string,
  displayName: string,
  userDescription: string,
  modelDescription: string,
  properties: Readonly<Record<string, object>>,
  required: readonly string[],
) {
  const name = `netdev-lab_${id}`;
  const inputSchema = { type: "object", properties, required };
  const shown = {
    displayName,
    userDescription,
    canBeReferencedInPrompt: true,
    toolReferenceName: `netdev-lab-${id}`,
  };
  return { name, parts: { name, ...shown, modelDescription, inputSchema } };
}

function file() {
  return { type: "string", description: "Absolute path of the driver model." };
}

function workload() {
  return {
    type: "string",
    description:
      "What simulated user space does: smoke (default), flood-tx, updown, reload, stats, threads, …, or a file.",
  };
}

function seed() {
  return {
    type: "integer",
    description: "Seed of the schedule; the same seed gives the same run. Default 1.",
    minimum: 0,
  };
}

function cpus() {
  return { type: "integer", description: "Number of virtual CPUs; default 2.", minimum: 1, maximum: 32 };
}
