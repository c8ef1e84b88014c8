/** Interrupts, softirqs, tasklets. */

export { local_bh_disable, local_bh_enable } from "../../kernel/bh.ts";
export { probe_irq_off, probe_irq_on } from "../../kernel/irq/autoprobe.ts";
export {
  IRQ_HANDLED,
  IRQ_NONE,
  type irq_handler,
  type irqreturn_t,
  pt_regs,
  SA_INTERRUPT,
  SA_PROBEIRQ,
  SA_SAMPLE_RANDOM,
  SA_SHIRQ,
} from "../../kernel/irq/desc.ts";
export {
  disable_irq,
  disable_irq_nosync,
  enable_irq,
  free_irq,
  IRQ_RETVAL,
  request_irq,
  synchronize_irq,
} from "../../kernel/irq/manage.ts";
export {
  type irq_flags,
  irqs_disabled,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
} from "../../kernel/irqflags.ts";
export { in_atomic, in_interrupt, in_irq, in_softirq } from "../../kernel/preempt.ts";
export {
  __raise_softirq_irqoff,
  HI_SOFTIRQ,
  NET_RX_SOFTIRQ,
  NET_TX_SOFTIRQ,
  open_softirq,
  raise_softirq,
  raise_softirq_irqoff,
  SCSI_SOFTIRQ,
  softirq_action,
  TASKLET_SOFTIRQ,
  TIMER_SOFTIRQ,
} from "../../kernel/softirq.ts";
export {
  DECLARE_TASKLET,
  DECLARE_TASKLET_DISABLED,
  tasklet_disable,
  tasklet_disable_nosync,
  tasklet_enable,
  tasklet_hi_schedule,
  tasklet_init,
  tasklet_kill,
  tasklet_schedule,
  tasklet_struct,
  tasklet_unlock_wait,
} from "../../kernel/tasklet.ts";
