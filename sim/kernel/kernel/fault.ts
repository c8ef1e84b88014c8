/** The registry of injected faults: what fails, and when. */
import { choose } from "machine";
import { EINVAL, ENOENT } from "../lib/errno.ts";

/** When a fault strikes: the nth call, every nth, or with a probability. Counted from the moment it is set. */
export type fault_spec = { nth: number } | { every: number } | { p: number };

class fault {
  spec: fault_spec = { nth: 0 };
  calls = 0;
}

/** What can fail. */
export const FAULT_NAMES: readonly string[] = [
  "alloc-netdev",
  "dma-alloc",
  "dma-map",
  "ioremap",
  "kmalloc",
  "kmem_cache_create",
  "kthread",
  "pci-enable",
  "pci-power",
  "probe",
  "register-netdev",
  "request-irq",
  "request-region",
  "skb",
  "user-copy",
];

const faults = new Map<string, fault>();
const P_SCALE = 1000;

/**
 * Arms a fault (replaces one of the same name).
 * @param text `nth:3`, `every:5`, `p:0.1`; `off` disarms it
 * @returns 0, -EINVAL for another text, -ENOENT for a name of nothing
 */
export function set_fault(name: string, text: string): number {
  if (!FAULT_NAMES.includes(name)) return -ENOENT;
  if (text === "off") {
    faults.delete(name);
    return 0;
  }
  const spec = parse_fault_spec(text);
  if (spec === null) return -EINVAL;
  const f = new fault();
  f.spec = spec;
  faults.set(name, f);
  return 0;
}

/** `nth:3`, `every:5`, `p:0.1`; null if it is none of these. */
export function parse_fault_spec(text: string): fault_spec | null {
  const match = /^(nth|every|p):(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (match === null) return null;
  const n = Number(match[2]);
  if (match[1] === "p") return n <= 1 ? { p: n } : null;
  if (!Number.isInteger(n) || n < 1) return null;
  return match[1] === "nth" ? { nth: n } : { every: n };
}

/** Counts a call of what `name` stands for; true if it has to fail. A probability is a decision of the schedule. */
export function should_fail(name: string): boolean {
  const f = faults.get(name);
  if (f === undefined) return false;
  f.calls++;
  const { spec } = f;
  if ("nth" in spec) return f.calls === spec.nth;
  if ("every" in spec) return f.calls % spec.every === 0;
  if (spec.p <= 0) return false;
  return choose(`fault ${name}`, P_SCALE) >= Math.round(P_SCALE * (1 - spec.p));
}
