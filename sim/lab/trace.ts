/**
 * Writes a run as Chrome trace events (opens in Perfetto): one process of the trace shows which task each CPU runs, the
 * other one what each task does: contexts and driver callbacks as nested slices, violations and printk as instants.
 */
import type { EventType, Listener } from "../machine/events.ts";
import type { Context, Task } from "../machine/model.ts";

interface Machine {
  on<T extends EventType>(type: T, listener: Listener<T>): unknown;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: "B" | "E" | "i" | "M";
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly cat?: string;
  readonly s?: "t" | "g";
  readonly args?: Record<string, unknown>;
}

const CPUS = 1;
const TASKS = 2;

export class TraceWriter {
  readonly #events: TraceEvent[] = [];
  readonly #running = new Map<number, string>();
  readonly #named = new Set<number>();

  constructor(machine: Machine, cpus: number) {
    this.#name("process_name", CPUS, 0, "virtual CPUs");
    this.#name("process_name", TASKS, 0, "tasks");
    for (let cpu = 0; cpu < cpus; cpu++) this.#name("thread_name", CPUS, cpu, `CPU ${cpu}`);
    machine.on("task-switched", (e) => this.#switched(e.cpu, e.to, e.timeNs));
    machine.on("context-entered", (e) => this.#begin(e.entered.name, e.task, e.timeNs, e.entered.kind));
    machine.on("context-left", (e) => this.#end(e.left, e.timeNs));
    machine.on("callback-entered", (e) => this.#begin(`${e.name} (${e.slot})`, e.task, e.timeNs, "driver"));
    machine.on("callback-left", (e) => this.#finish(e.task, e.timeNs));
    machine.on("workload-step", (e) => this.#instant(e.what, e.task, e.timeNs, "workload"));
    machine.on("printk", (e) => this.#instant(e.text.trimEnd(), e.task, e.timeNs, "printk"));
    machine.on("violation", (e) =>
      this.#instant(`${e.violation.rule}: ${e.violation.message}`, e.task, e.timeNs, "violation"),
    );
  }

  /** The whole file. */
  file(): string {
    return JSON.stringify({ displayTimeUnit: "ns", traceEvents: this.#events });
  }

  #switched(cpu: number, to: Task, timeNs: number): void {
    const before = this.#running.get(cpu);
    if (before !== undefined)
      this.#events.push({ name: before, ph: "E", pid: CPUS, tid: cpu, ts: timeNs / 1000 });
    this.#running.delete(cpu);
    if (to.idle) return;
    this.#running.set(cpu, to.name);
    this.#events.push({ name: to.name, ph: "B", pid: CPUS, tid: cpu, ts: timeNs / 1000, cat: "task" });
  }

  #begin(name: string, task: Task, timeNs: number, cat: string): void {
    this.#nameTask(task);
    this.#events.push({ name, ph: "B", pid: TASKS, tid: task.id, ts: timeNs / 1000, cat });
  }

  #end(context: Context, timeNs: number): void {
    this.#finish(context.task, timeNs);
  }

  #finish(task: Task, timeNs: number): void {
    this.#events.push({ name: "", ph: "E", pid: TASKS, tid: task.id, ts: timeNs / 1000 });
  }

  #instant(name: string, task: Task, timeNs: number, cat: string): void {
    this.#nameTask(task);
    const s = cat === "violation" ? "g" : "t";
    this.#events.push({ name, ph: "i", pid: TASKS, tid: task.id, ts: timeNs / 1000, cat, s });
  }

  #nameTask(task: Task): void {
    if (this.#named.has(task.id)) return;
    this.#named.add(task.id);
    this.#name("thread_name", TASKS, task.id, task.idle ? `idle ${task.cpu}` : task.name);
  }

  #name(what: "process_name" | "thread_name", pid: number, tid: number, name: string): void {
    this.#events.push({ name: what, ph: "M", pid, tid, args: { name } });
  }
}
