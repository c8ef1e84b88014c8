import { raceFinding } from "../race/finding.ts";
import type { Rule } from "../rule.ts";

export const skbQueueLock: Rule = {
  id: "skb-queue-lock",
  family: "skb",
  title: "List of packets changed without its lock",
  statement:
    "The __skb_ functions of lists take no lock: who uses them on a list that others use, too, holds one, usually the list's own.",
  severity: "error",
  condition:
    "two contexts change one sk_buff_head by __skb_queue_tail(), __skb_dequeue() and the like, and nothing orders the two",
  source: "include/linux/skbuff.h: __skb_queue_tail(), __skb_dequeue()",
  kernelMessage: null,
  wrong: "const skb = __skb_dequeue(p.queue); // hard_start_xmit puts packets in",
  right: "const skb = skb_dequeue(p.queue);",
  fix: "Use the function without the underscores, or take the lock.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["lock-data-race"],
  listen: (ctx) => ({
    "data-race": (event) => {
      if (event.object.constructor?.name === "sk_buff_head") ctx.report(raceFinding(event));
    },
  }),
};
