/** Barriers and the interrupt flag. */
export {
  barrier,
  mb,
  read_barrier_depends,
  rmb,
  set_mb,
  smp_mb,
  smp_read_barrier_depends,
  smp_rmb,
  smp_wmb,
  wmb,
} from "../../kernel/barrier.ts";
export {
  type irq_flags,
  irqs_disabled,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
} from "../../kernel/irqflags.ts";
export { cmpxchg, xchg } from "../../lib/atomic.ts";
