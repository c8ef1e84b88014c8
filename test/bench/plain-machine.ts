/** The module `machine` for the plain build: one CPU that is never interrupted. It emits the same events into the same hash. */
import { EventBus } from "../../sim/machine/event-bus.ts";
import type { KernelEvent, LabEvent, MachineEvent, Place } from "../../sim/machine/events.ts";
import { FreedMemory } from "../../sim/machine/freed-memory.ts";
import type { Context, ContextKind, Cpu, CpuId, Task } from "../../sim/machine/model.ts";
import { Random } from "../../sim/machine/random.ts";

const bus = new EventBus();
const random = new Random(1);
const ids = new Map<string, number>();
const freed = new FreedMemory(() => {});

const task = {
  id: 0,
  name: "init",
  cpu: 0,
  preemptCount: 0,
  state: "runnable",
  data: null,
} as unknown as Task;
task.context = { id: 0, kind: "process", name: "init", task, cpu: 0, below: null, base: null };
const cpu = { id: 0, irqsDisabled: false, current: task } as unknown as Cpu;
let contexts = 0;
let timeNs = 0;

export const eventBus = bus;

export function point(): void {}
export function cpu_id(): CpuId {
  return 0;
}
export function nr_cpus(): number {
  return 1;
}
export function current_task(): Task {
  return task;
}
export function current_context(): Context {
  return task.context;
}
export function now_ns(): number {
  return timeNs;
}
export function spend_ns(ns: number): void {
  timeNs += ns;
}
export function preempt_count(): number {
  return task.preemptCount;
}
export function preempt_count_add(n: number): void {
  task.preemptCount += n;
}
export function irqs_disabled_flag(): boolean {
  return cpu.irqsDisabled;
}
export function irq_disable(): void {
  if (cpu.irqsDisabled) return;
  cpu.irqsDisabled = true;
  emit({ type: "irqs-off" });
}
export function irq_enable(): void {
  if (!cpu.irqsDisabled) return;
  cpu.irqsDisabled = false;
  emit({ type: "irqs-on" });
}
export function spin_until(_on: unknown, why: string, ready: () => boolean): void {
  if (!ready()) throw new Error(`the plain build cannot wait: ${why}`);
}
export function delay_ns(ns: number): void {
  timeNs += ns;
}
export function task_create(
  name: string,
  _fn: unknown,
  _arg: unknown,
  options: { cpu: CpuId; data?: unknown },
): Task {
  return {
    id: ++contexts,
    name,
    cpu: options.cpu,
    data: options.data ?? null,
    state: "runnable",
  } as unknown as Task;
}
export function block(why: string): void {
  throw new Error(`the plain build cannot block: ${why}`);
}
export function prepare_block(): void {}
export function cancel_block(): void {}
export function wake(): boolean {
  return false;
}
export function yield_cpu(): void {}
export function migrate(): void {}
export function sleep_ns(ns: number): void {
  timeNs += ns;
}
export function run_context(
  kind: ContextKind,
  name: string,
  fn: (...args: unknown[]) => unknown,
  ...args: unknown[]
): void {
  const below = task.context;
  task.context = { id: ++contexts, kind, name, task, cpu: 0, below, base: null };
  emit({ type: "context-entered", entered: task.context });
  fn(...args);
  emit({ type: "context-left", left: task.context });
  task.context = below;
}
export function driver_call<R>(
  slot: string,
  owner: { id: number } | null,
  fn: (...args: unknown[]) => R,
  ...args: unknown[]
): R {
  const before = { preemptCount: task.preemptCount, irqsDisabled: cpu.irqsDisabled };
  emit({ type: "callback-entered", slot, owner, name: fn.name, args, before });
  const result = fn(...args);
  emit({ type: "callback-left", slot, owner, name: fn.name, args, result, before });
  return result;
}
export function set_interrupt_entry(): void {}
export function request_vector(): void {}
export function cancel_vector(): boolean {
  return false;
}
export function at_ns(): { cancel(): void } {
  return { cancel() {} };
}
export function set_idle_hook(): void {}
export function choose(): number {
  return 0;
}
export function random_u32(): number {
  return random.u32();
}
export function emit(event: KernelEvent | MachineEvent): void {
  bus.emit(event as LabEvent, 0, task, task.context, 0, timeNs);
}
export function object_id(kind: string): number {
  const id = (ids.get(kind) ?? 0) + 1;
  ids.set(kind, id);
  return id;
}
export function here(): Place | null {
  return null;
}
export function free_object(object: object, what: string): void {
  freed.free(object, what, null);
}
export function free_bytes(): void {}
export function order(): void {}
export function field_access(): void {}
export function is_freed(object: object): boolean {
  return freed.get(object) !== undefined;
}
export function unfree_object(object: object): void {
  freed.unfree(object);
}
export function oops(message: string): never {
  throw new Error(message);
}
export function halt(reason: string): never {
  throw new Error(reason);
}
export function caller_key(): string {
  return "plain";
}
export function give_object(object: object, what: string): void {
  freed.give(object, what, null);
}
export function take_object_back(object: object): void {
  freed.takeBack(object);
}
export function caller_lock_text(): string | null {
  return null;
}
