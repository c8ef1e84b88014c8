/**
 * Which functions that others can wait for are running, per context: timers, tasklets, handlers of interrupt lines, polls,
 * works, threads, sysfs attributes. For who waits, each is like a lock that is held until the function has returned.
 */
import type { DeviceLike, EventOf, Identified, QueueLike, Stamped, WaitedFor } from "../../machine/events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import type { Listeners } from "../rule.ts";

export type RunningKind = WaitedFor | "handler" | "softirq";

/** Something that runs to its end and that others may wait for, or be interrupted by. */
export interface Running {
  readonly key: string;
  readonly kind: RunningKind;
  /** In a sentence: "the timer's function", "the handlers of irq 11". */
  readonly name: string;
  /** Never on two CPUs at once. */
  readonly exclusive: boolean;
}

/** A handler that is registered on a line. */
export interface Handler {
  readonly irq: number;
  readonly devId: unknown;
  readonly running: Running;
}

interface Entry {
  readonly running: Running;
  readonly context: Context;
}

/** Any softirq: what it interrupts waits for it. */
export const SOFTIRQ: Running = { key: "softirq", kind: "softirq", name: "a softirq", exclusive: false };

export class RunningContexts {
  readonly #byTask = new Map<Task, Entry[]>();
  readonly #known = new Map<string, Running>();
  readonly #handlers: Handler[] = [];
  #handlersMade = 0;

  readonly listeners: Listeners = {
    "timer-fired": (event) => this.#enter(event, this.waited("timer", event.timer.id)),
    "timer-done": (event) => this.#leave(event.task, this.waited("timer", event.timer.id)),
    "tasklet-run": (event) => this.#enter(event, this.waited("tasklet", event.tasklet.id)),
    "tasklet-done": (event) => this.#leave(event.task, this.waited("tasklet", event.tasklet.id)),
    "work-run": (event) => this.#enter(event, this.queue(event.queue)),
    "work-done": (event) => this.#leave(event.task, this.queue(event.queue)),
    "irq-entered": (event) => this.#enter(event, this.waited("irq", event.irq)),
    "irq-requested": (event) => {
      if (event.result !== 0) return;
      const key = `handler:${this.#handlersMade++}`;
      const name = `the handler of irq ${event.irq}`;
      const running: Running = { key, kind: "handler", name, exclusive: false };
      this.#handlers.push({ irq: event.irq, devId: event.devId, running });
    },
    "irq-freed": (event) => {
      const at = this.#handlers.findIndex((h) => h.irq === event.irq && h.devId === event.devId);
      if (at >= 0) this.#handlers.splice(at, 1);
    },
    "callback-entered": (event) => {
      const running = this.#callback(event);
      if (running !== null) this.#enter(event, running);
    },
    "callback-left": (event) => {
      const running = this.#callback(event);
      if (running !== null) this.#leave(event.task, running);
    },
    "context-left": (event) => {
      const list = this.#byTask.get(event.left.task);
      if (list?.some((entry) => entry.context === event.left))
        this.#byTask.set(
          event.left.task,
          list.filter((entry) => entry.context !== event.left),
        );
    },
    "task-ended": (event) => void this.#byTask.delete(event.ended),
  };

  /** What runs in this very context, outermost first. */
  in(context: Context): readonly Running[] {
    const own = this.#byTask.get(context.task)?.filter((entry) => entry.context === context) ?? [];
    const running = own.map((entry) => entry.running);
    return context.kind === "softirq" ? [SOFTIRQ, ...running] : running;
  }

  /** Handlers of the model that may come on a CPU where these lines cannot. */
  handlersExcept(lines: readonly number[]): readonly Handler[] {
    return lines.length === 0 ? this.#handlers : this.#handlers.filter((h) => !lines.includes(h.irq));
  }

  /** What a call waits for. */
  waited(kind: Exclude<WaitedFor, "workqueue" | "lock">, id: number): Running {
    const { name, exclusive } = NAMES[kind];
    return this.#make(`${kind}:${id}`, kind, kind === "irq" ? `${name} ${id}` : name, exclusive);
  }

  queue(queue: QueueLike): Running {
    return this.#make(`workqueue:${queue.id}`, "workqueue", `work on ${queue.name}`, queue.singlethread);
  }

  #make(key: string, kind: RunningKind, name: string, exclusive: boolean): Running {
    let running = this.#known.get(key);
    if (running === undefined) {
      running = { key, kind, name, exclusive };
      this.#known.set(key, running);
    }
    return running;
  }

  #callback(event: Stamped<EventOf<"callback-entered" | "callback-left">>): Running | null {
    const { slot, owner, args } = event;
    if (slot === "irq")
      return this.#handlers.find((h) => h.irq === args[0] && h.devId === args[1])?.running ?? null;
    if (slot === "poll") return this.waited("poll", (args[0] as DeviceLike).id);
    if (slot === "show" || slot === "store") return this.waited("attribute", (owner as Identified).id);
    return slot === "kthread" ? this.waited("thread", event.task.id) : null;
  }

  #enter(
    event: { readonly task: Task; readonly context: Context; readonly cpu: CpuId },
    running: Running,
  ): void {
    const entry = { running, context: event.context };
    const list = this.#byTask.get(event.task);
    if (list === undefined) this.#byTask.set(event.task, [entry]);
    else list.push(entry);
  }

  #leave(task: Task, running: Running): void {
    const list = this.#byTask.get(task);
    const at = list?.findLastIndex((entry) => entry.running === running) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }
}

const NAMES = {
  timer: { name: "the timer's function", exclusive: true },
  tasklet: { name: "the tasklet", exclusive: true },
  irq: { name: "the handlers of irq", exclusive: true },
  poll: { name: "the device's poll", exclusive: true },
  thread: { name: "the kernel thread", exclusive: true },
  attribute: { name: "the attribute's show or store", exclusive: false },
  completion: { name: "the completion", exclusive: false },
} as const;
