/** The CPUs and tasks of one machine, in order of creation. */
import type { Frame } from "../instrument/monitor.ts";
import type { Context, ContextKind, Cpu, CpuId, Task } from "./model.ts";

export interface KnownTasks {
  readonly cpus: readonly Cpu[];
  readonly tasks: readonly Task[];
}

export interface TableState extends KnownTasks {
  /** Contexts made so far. */
  readonly contexts: number;
}

export class TaskTable {
  readonly cpus: readonly Cpu[];
  readonly tasks: Task[] = [];
  /** The task whose end is the end of the run. */
  main: Task | null = null;
  #contextCount = 0;
  readonly #known: KnownTasks;

  /** `known`: CPUs and tasks of an earlier table, which serve again: who holds them from then on still holds the right ones. */
  constructor(cpuCount: number, known: KnownTasks = { cpus: [], tasks: [] }) {
    this.#known = known;
    this.cpus = Array.from({ length: cpuCount }, (_, id) => this.#addCpu(id));
  }

  save(): TableState {
    const { cpus, tasks } = this;
    return { cpus: [...cpus], tasks: [...tasks], contexts: this.#contextCount };
  }

  /** Its tasks are those of `state`; what they are like is the business of whoever remembers it. */
  load({ tasks, contexts }: TableState): void {
    this.tasks.length = 0;
    for (const task of tasks) this.tasks.push(task);
    this.#contextCount = contexts;
  }

  cpu(id: CpuId): Cpu {
    const cpu = this.cpus[id];
    if (cpu === undefined) throw new Error(`there is no CPU ${id}`);
    return cpu;
  }

  /** A runnable task without a body. */
  addTask(name: string, cpu: CpuId, idle = false): Task {
    const id = this.tasks.length;
    const fresh = {
      id,
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
      fn: null,
      arg: null,
      root: null,
      context: null,
      pending: { frame: null, pc: 0, on: null, key: undefined, how: "write", yields: false },
    } as unknown as Task;
    const known = this.#known.tasks[id];
    const task = known === undefined ? fresh : Object.assign(known, fresh);
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
    const fresh: Cpu = {
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
    const known = this.#known.cpus[id];
    return known === undefined ? fresh : Object.assign(known, fresh);
  }
}
