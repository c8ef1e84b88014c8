/** The module `machine` that kernel code imports (typed in sim/kernel/machine.d.ts), bound to one machine. */
import { resumable } from "../instrument/index.ts";
import type { Resumable } from "../instrument/monitor.ts";
import type { Ordering } from "./accesses.ts";
import type { Identified, KernelEvent } from "./events.ts";
import { lockText } from "./lock-text.ts";
import type { Machine } from "./machine.ts";
import type { ContextKind, CpuId, OperationKind, Task } from "./model.ts";
import type { TaskOptions } from "./task-life.ts";

type AnyFunction = (...args: never[]) => unknown;

export function hostModule(m: Machine): Record<string, unknown> {
  return { ...switching(m), ...plain(m) };
}

/** Functions in which another CPU may run. */
function switching(m: Machine): Record<string, unknown> {
  const host = <A extends readonly unknown[]>(
    name: string,
    body: (...args: A) => Resumable<unknown>,
  ): unknown =>
    resumable(() => {
      throw new Error(`${name}() was called by native code`);
    }, body as never);
  return {
    point: host("point", (on?: object | null, how?: OperationKind) => m.switching.hostPoint(on ?? null, how)),
    irq_enable: host("irq_enable", () => m.switching.enableIrqs()),
    spin_until: host("spin_until", (on: Identified | null, why: string, ready: () => boolean) =>
      m.waiting.spinUntil(on, why, () => m.quietly(ready)),
    ),
    delay_ns: host("delay_ns", (ns: number) => m.waiting.delay(ns)),
    block: host("block", (why: string, on?: Identified | null) => m.waiting.block(why, on ?? null)),
    yield_cpu: host("yield_cpu", () => m.waiting.yieldCpu()),
    migrate: host("migrate", (cpu: CpuId) => m.waiting.migrate(cpu)),
    sleep_ns: host("sleep_ns", (ns: number) => m.waiting.sleep(ns)),
    run_context: host("run_context", (kind: ContextKind, name: string, fn: AnyFunction, ...args: unknown[]) =>
      m.contexts.run(kind, name, fn, args),
    ),
    driver_call: host(
      "driver_call",
      (slot: string, owner: Identified | null, fn: AnyFunction, ...args: unknown[]) =>
        m.contexts.driverCall(slot, owner, fn, args),
    ),
  };
}

function plain(m: Machine): Record<string, unknown> {
  return {
    cpu_id: () => m.cpu.id,
    nr_cpus: () => m.cpus.length,
    current_task: () => m.cpu.current,
    current_context: () => m.cpu.current.context,
    now_ns: () => m.clock.nowNs,
    spend_ns: (ns: number) => m.clock.spend(ns),
    preempt_count: () => m.cpu.current.preemptCount,
    preempt_count_add: (n: number) => {
      m.cpu.current.preemptCount += n;
    },
    irqs_disabled_flag: () => m.cpu.irqsDisabled,
    irq_disable: () => m.interrupts.disable(),
    task_create: (name: string, fn: unknown, arg: unknown, options: TaskOptions) =>
      m.createTask(name, fn, arg, options),
    prepare_block: () => m.waiting.prepareBlock(),
    cancel_block: () => m.waiting.cancelBlock(),
    wake: (task: Task) => m.waiting.wake(task),
    set_interrupt_entry: (entry: unknown) => m.interrupts.setEntry(entry),
    request_vector: (vector: number, cpu?: CpuId) => m.interrupts.request(vector, cpu),
    cancel_vector: (vector: number, cpu?: CpuId) => m.interrupts.cancel(vector, cpu),
    at_ns: (timeNs: number, fire: () => void) => {
      const alarm = m.clock.at(timeNs, fire);
      return {
        cancel: () => {
          alarm.cancelled = true;
        },
      };
    },
    order: (on: object | null, how: Ordering) => m.order(on, how),
    set_idle_hook: (hook: unknown) => m.life.setIdleHook(hook),
    choose: (what: string, n: number) => m.scheduler.choose(what, n),
    random_u32: () => m.random.u32(),
    emit: (event: KernelEvent) => m.journal.emit(event),
    object_id: (kind: string) => m.journal.objectId(kind),
    here: () => m.here(),
    field_access: (bytes: Uint8Array, offset: number, size: number, write: boolean) =>
      m.weak?.fieldAccess(bytes, offset, size, write),
    free_object: (object: object, what: string) => {
      m.weak?.settle(object);
      m.freed.free(object, what, m.here());
    },
    free_bytes: (bytes: ArrayBufferView, owner: object, what: string) => {
      m.weak?.settle(bytes);
      m.freedBytes.free(bytes, owner, what, m.here());
    },
    is_freed: (object: object) => m.freed.get(object) !== undefined,
    unfree_object: (object: object) => m.freed.unfree(object),
    oops: (message: string) => m.crashes.oops(message),
    halt: (reason: string) => m.crashes.halt(reason),
    give_object: (object: object, what: string) => {
      m.weak?.settle(object);
      m.freed.give(object, what, m.here());
    },
    take_object_back: (object: object) => m.freed.takeBack(object),
    caller_key: () => {
      const place = m.here();
      return place === null ? "boot" : `${place.file}:${place.line}:${place.column}`;
    },
    caller_lock_text: () => {
      const place = m.here();
      const module = [...m.places.modelModules].find((known) => known.file === place?.file);
      return place && module ? lockText(module.source, place.line, place.column) : null;
    },
  };
}
