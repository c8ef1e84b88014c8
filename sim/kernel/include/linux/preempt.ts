/** Preemption. */
export {
  preempt_count,
  preempt_disable,
  preempt_enable,
  preempt_enable_no_resched,
  preemptible,
} from "../../kernel/preempt.ts";
