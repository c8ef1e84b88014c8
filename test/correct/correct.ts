/** The drivers that are right, and the workloads under which they must be silent. */
import { join } from "node:path";

const EXAMPLES = join(import.meta.dirname, "../../examples");

/** Correct drivers of the card. */
export const CARD_DRIVERS = ["labnic/labnic.ts", "labnic/labnic-lltx.ts"].map((name) => join(EXAMPLES, name));

/** Built-in workloads that a driver of the card supports. */
export const CARD_WORKLOADS = [
  "smoke",
  "flood-tx",
  "flood-rx",
  "bidirectional",
  "updown",
  "reload",
  "stats",
  "multicast",
  "mtu",
  "linkflap",
  "txhang",
  "sharedirq",
  "netpoll",
  "suspend",
  "hotplug",
  "faults",
  "everything",
];

/** Seeds of an ordinary test run; the nightly command sets SEEDS=50. */
export const SEEDS = Number(process.env.SEEDS ?? 1);
