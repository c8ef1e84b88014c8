import type { LaunchConfig } from "./launchConfig.ts";

/** The part of JSON schema that VS Code shows in launch.json. */
export interface AttributeSchema {
  type: "string" | "number" | "integer" | "boolean" | "object";
  description: string;
  default?: unknown;
  enum?: string[];
  enumDescriptions?: string[];
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  additionalProperties?: { type: "string"; description?: string };
}

/** One schema for each attribute: an attribute without a schema does not compile. */
export const launchAttributes: { [Name in keyof Required<LaunchConfig>]: AttributeSchema } = {
  program: {
    type: "string",
    description: "The driver model (a TypeScript file) to debug.",
    default: "$" + "{file}",
  },
  workload: {
    type: "string",
    description:
      "What simulated user space does: the name of a built-in workload (smoke, flood-tx, updown, reload, stats, threads …), or a TypeScript file. Default: what the model's @lab comment names, else smoke.",
    examples: ["smoke", "flood-tx", "updown", "reload", "stats", "threads"],
  },
  cpus: { type: "integer", description: "Number of virtual CPUs.", default: 2, minimum: 1, maximum: 32 },
  seed: {
    type: "integer",
    description: "Seed of the schedule: the same seed gives the same run, to the bit.",
    default: 1,
    minimum: 0,
  },
  nic: {
    type: "string",
    description: "The network card in the machine: labnic, or none for a software driver.",
    examples: ["labnic", "none"],
  },
  irq: {
    type: "string",
    description: "How the card interrupts.",
    enum: ["intx", "msi"],
    enumDescriptions: ["Level-triggered, may be shared.", "Edge, granted when the driver asks for it."],
    default: "intx",
  },
  faults: {
    type: "object",
    description:
      "Failures to inject, by name (kmalloc, skb, request-irq, register-netdev …): nth:3 fails the third call, every:5 each fifth, p:0.1 one in ten.",
    additionalProperties: { type: "string", description: "nth:N, every:N or p:P" },
  },
  params: {
    type: "object",
    description: "Module parameters, as one gives them to insmod.",
    additionalProperties: { type: "string" },
  },
  weak: { type: "boolean", description: "Model weak memory ordering.", default: false },
  maxTicks: {
    type: "integer",
    description: "End the run after so many ticks (5 million by default).",
    minimum: 1,
  },
  stopOnEntry: {
    type: "boolean",
    description: "Stop at the first statement of the model's module_init.",
    default: false,
  },
  kernel: { type: "string", description: "Kernel profile.", enum: ["2.6.16"], default: "2.6.16" },
  advice: {
    type: "boolean",
    description: "Also report advice: what is legal but could be better.",
    default: false,
  },
  strategy: {
    type: "string",
    description: "How the schedule is chosen.",
    enum: ["random", "fixed"],
    enumDescriptions: [
      "A seeded random walk that switches CPUs about every 20 scheduling points.",
      "No preemption, the lowest CPU first: easy to follow.",
    ],
    default: "random",
  },
};

/** Of the request `attach`: a saved schedule has all the rest. */
export const attachAttributes = {
  schedule: {
    type: "string",
    description:
      "A schedule that netdev-lab explore has written. It names the model, the workload and the settings.",
  },
  stopOnEntry: launchAttributes.stopOnEntry,
};
