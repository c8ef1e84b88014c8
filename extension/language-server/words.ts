/** Context and locks of a function in a few words. */
import type { FunctionFact } from "../../sim/analysis/index.ts";

export function contextText(fact: FunctionFact): string {
  const kinds = [...fact.kinds].sort().join(" or ");
  const locks = fact.locks.length > 0 ? `, ${fact.locks.join(", ")} held` : "";
  return `in ${kinds} context${locks}${fact.irqsOff ? ", interrupts off" : ""}`;
}

/** `⟨softirq · dev.xmit_lock⟩` */
export function hintText(fact: FunctionFact): string {
  const parts = [[...fact.kinds].sort().join(" | "), ...fact.locks, ...(fact.irqsOff ? ["irqs off"] : [])];
  return `⟨${parts.join(" · ")}⟩`;
}
