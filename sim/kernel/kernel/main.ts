/** Boot (init/main.c: start_kernel) and the entry of interrupts (arch/i386/kernel/irq.c: do_IRQ). */
import { connect_interrupts } from "hardware";
import { cpu_id, set_idle_hook, set_interrupt_entry } from "machine";
import { pci_devices, pci_scan } from "../drivers/pci/pci_dev.ts";
import { pci_driver_init } from "../drivers/pci/pci-driver.ts";
import { net_dev_init } from "../net/core/dev.ts";
import { chip_lower, chip_raise, init_irq_descs, irq_to_desc } from "./irq/desc.ts";
import { __do_IRQ } from "./irq/handle.ts";
import { printk_flush } from "./printk.ts";
import { CALL_FUNCTION_VECTOR, call_function_interrupt } from "./smp.ts";
import { irq_enter, irq_exit, local_softirq_pending, softirq_init, spawn_ksoftirqd } from "./softirq.ts";
import { tasklets_init } from "./tasklet.ts";
import { TIMER_VECTOR, tick_init, tick_next_jiffy } from "./tick.ts";
import { init_timers, timer_interrupt } from "./timer.ts";
import { init_workqueues } from "./workqueue.ts";

/** Each interrupt of a CPU enters the kernel here, interrupts off. Linux arch/i386/kernel/irq.c: do_IRQ. */
export function do_IRQ(vector: number): void {
  irq_enter();
  if (vector === TIMER_VECTOR) timer_interrupt(cpu_id());
  else if (vector === CALL_FUNCTION_VECTOR) call_function_interrupt();
  else __do_IRQ(vector);
  irq_exit();
}

/** An idle CPU: softirqs that were left pending run at the next tick. Linux arch/i386/kernel/process.c: cpu_idle. */
function cpu_idle(): void {
  printk_flush();
  if (local_softirq_pending() !== 0) tick_next_jiffy(cpu_id());
}

/** The cards' interrupt lines are levels (arch/i386/pci/irq.c: pcibios_enable_irq). */
function pci_init(): void {
  connect_interrupts(
    (irq) => with_desc(irq, chip_raise),
    (irq) => with_desc(irq, chip_lower),
  );
  pci_scan();
  pci_driver_init();
  for (const pdev of pci_devices()) {
    const desc = irq_to_desc(pdev.irq);
    if (desc !== null) desc.level = true;
  }
}

function with_desc(irq: number, drive: typeof chip_raise): void {
  const desc = irq_to_desc(irq);
  if (desc !== null) drive(desc);
}

/** Brings the kernel up to the point where user space can start. Process context, once. */
export function start_kernel(): void {
  tick_init();
  softirq_init();
  init_timers();
  tasklets_init();
  init_irq_descs();
  set_interrupt_entry(do_IRQ);
  set_idle_hook(cpu_idle);
  spawn_ksoftirqd();
  init_workqueues();
  net_dev_init();
  pci_init();
}
