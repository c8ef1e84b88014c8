/** Declares a run over that cannot come to an end by itself: deadlock, hang, or too many statements. */
import type { Clock } from "./clock.ts";
import { Halt } from "./endings.ts";
import type { WaitInfo } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { Task } from "./model.ts";
import type { PlaceFinder, Running } from "./stack.ts";
import type { TaskTable } from "./task-table.ts";
import { couldRun } from "./transitions.ts";

/** A CPU that spins longer than this will never stop (Linux: soft lockup after 10 s). */
const SPIN_LIMIT_NS = 10e9;
/** The workload blocked longer than this, with nothing but timers running, hangs. */
const HANG_LIMIT_NS = 120e9;
/** How long other CPUs may wait for time to bring something before frozen ones are held to be the reason. */
const FROZEN_PATIENCE_NS = 1e9;

export class Watchdog {
  readonly #running: Running;
  readonly #clock: Clock;
  readonly #table: TaskTable;
  readonly #journal: Journal;
  readonly #places: PlaceFinder;

  constructor(running: Running, clock: Clock, table: TaskTable, journal: Journal, places: PlaceFinder) {
    this.#running = running;
    this.#clock = clock;
    this.#table = table;
    this.#journal = journal;
    this.#places = places;
  }

  /** No CPU can go on: time jumps to the next alarm, unless that will not help. */
  nothingRuns(): void {
    const alarm = this.#clock.nextAlarmNs();
    if (alarm === Number.POSITIVE_INFINITY) this.#stalled();
    this.#clock.jumpToAlarm();
    for (const task of this.#table.tasks) if (spinsForEver(task, alarm)) this.#stalled();
    const { main } = this.#table;
    if (main !== null && hangs(main, alarm)) this.#stalled();
    this.checkLimit();
  }

  /** CPUs that the debugger has frozen are the reason why nothing runs: neither time nor anybody else will change that. */
  onlyFrozenCouldRun(sinceNs: number): boolean {
    const { cpus } = this.#table;
    if (!cpus.some((cpu) => cpu.frozen && couldRun(cpu))) return false;
    if (this.#clock.nextAlarmNs() - sinceNs > FROZEN_PATIENCE_NS) return true;
    return cpus.some(
      (cpu) => !cpu.frozen && cpu.current.state === "spinning" && cpu.current.waitsOn !== null,
    );
  }

  checkLimit(): void {
    if (!this.#clock.limitReached) return;
    this.#journal.emit({ type: "run-limit", ticks: this.#clock.maxTicks });
    throw new Halt("run-limit");
  }

  /** Nothing will ever run again. */
  #stalled(): never {
    const waiting = this.#table.tasks.filter(
      // a thread that nobody has started yet explains nothing
      (t) => !t.idle && (t.state === "spinning" || (t.state === "blocked" && t.top !== null)),
    );
    const waits = waiting.map((t) => this.#waitOf(t));
    const blocked = waits.filter((w) => w.task.state === "spinning" || w.task === this.#table.main);
    const message = blocked.map((w) => `CPU ${w.cpu} (${w.task.name}) ${w.why}`).join("; ");
    const type = waiting.some((t) => t.state === "spinning") ? "deadlock" : "hang";
    this.#journal.emit({ type, message, waits });
    throw new Halt(type);
  }

  #waitOf(task: Task): WaitInfo {
    const place = this.#places.ofTask(task, this.#running);
    return { task, cpu: task.cpu, why: task.waitsFor ?? "", on: task.waitsOn, place };
  }
}

function spinsForEver(task: Task, nowNs: number): boolean {
  return task.state === "spinning" && task.waitsOn !== null && nowNs - task.waitsSinceNs > SPIN_LIMIT_NS;
}

function hangs(main: Task, nowNs: number): boolean {
  return main.state === "blocked" && nowNs - main.waitsSinceNs > HANG_LIMIT_NS && main.waitsFor !== "sleeps";
}
