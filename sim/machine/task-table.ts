/** The CPUs and tasks of one machine, in order of creation. */
import type { Frame } from "../instrument/monitor.ts";
import type { Context, ContextKind, Cpu, CpuId, Task } from "./model.ts";

export class TaskTable {
  readonly cpus: readonly Cpu[];
  readonly tasks: Task[] = [];
  /** The task whose end is the end of the run. */
  main: Task | null = null;
  #contextCount = 0;

  constructor(cpuCount: number) {
    this.cpus = Array.from({ length: cpuCount }, (_, id) => this.#addCpu(id));
  }

  cpu(id: CpuId): Cpu {
    const cpu = this.cpus[id];
    if (cpu === undefined) throw new Error(`there is no CPU ${id}`);
    return cpu;
  }

  /** A runnable task without a body. */
  addTask(name: string, cpu: CpuId, idle = false): Task {
    const task = {
      id: this.tasks.length,
      name,
      cpu,
      idle,
      nice: 0,
      state: "runnable",
      waitsFor: null,
      waitsOn: null,
      waitsSinceNs: 0,
      ready: null,
      blockPrepared: false,
      wokenEarly: false,
      irqsDisabled: false,
      preemptCount: 0,
      top: null,
      data: null,
      pending: { frame: null, pc: 0, on: null, key: undefined, how: "write" },
    } as unknown as Task;
    task.context = this.newContext("process", name, task, cpu);
    this.tasks.push(task);
    return task;
  }

  /** A context on top of `below`, whose innermost frame is `base`; or a task's own. */
  newContext(
    kind: ContextKind,
    name: string,
    task: Task,
    cpu: CpuId,
    below: Context | null = null,
    base: Frame | null = null,
  ): Context {
    return { id: ++this.#contextCount, kind, name, task, cpu, below, base };
  }

  #addCpu(id: CpuId): Cpu {
    const idleTask = this.addTask(`swapper/${id}`, id, true);
    idleTask.state = "blocked";
    return {
      id,
      irqsDisabled: false,
      current: idleTask,
      idleTask,
      pendingVectors: [],
      tasks: [],
      delivering: -1,
      idleHookDue: false,
      frozen: false,
    };
  }
}
