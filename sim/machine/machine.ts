/**
 * The deterministic multiprocessor: drives one root generator per task, switches between CPUs at scheduling points,
 * delivers interrupts as contexts on top of tasks, and keeps virtual time. A run is a pure function of the program,
 * the seed and the strategy's decisions.
 *
 * This file is the main loop and what instrumented code calls; each part of the machine has a file of its own, and
 * knows only the parts above it in the constructor.
 */
import {
  type AccessKind,
  CALL,
  type Frame,
  LOAD,
  type Monitor,
  type Resumable,
} from "../instrument/monitor.ts";
import { type AccessWatch, isStore, type Ordering, type OrderWatch, together } from "./accesses.ts";
import { Clock, type ClockState } from "./clock.ts";
import { Contexts } from "./contexts.ts";
import { Crashes } from "./crashes.ts";
import { Debugger, type StopInfo } from "./debugger.ts";
import { type EndReason, Halt } from "./endings.ts";
import type { EventType, LabEvent, Listener, Place } from "./events.ts";
import { FreedByteMemory } from "./freed-bytes.ts";
import { FreedMemory } from "./freed-memory.ts";
import { HardwareSteps } from "./hardware-steps.ts";
import { Interrupts } from "./interrupts.ts";
import { Journal, type JournalState } from "./journal.ts";
import type { Cpu, CpuId, OperationKind, Registers, Task } from "./model.ts";
import { Random, type RandomState } from "./random.ts";
import { type CpuTransition, type Decision, RandomWalk, type Strategy } from "./schedule.ts";
import { Scheduler } from "./scheduler.ts";
import { type PlaceFinder, placeFinder } from "./stack.ts";
import { Switching } from "./switching.ts";
import { TaskLife, type TaskOptions } from "./task-life.ts";
import { type KnownTasks, type TableState, TaskTable } from "./task-table.ts";
import { possibleTransitions } from "./transitions.ts";
import { Waiting } from "./waiting.ts";
import { Watchdog } from "./watchdog.ts";
import { WeakMemory } from "./weak/weak-memory.ts";

export type { EndReason } from "./endings.ts";

export interface MachineConfig {
  readonly cpus: number;
  readonly seed: number;
  readonly maxTicks: number;
  readonly strategy?: Strategy;
}

/** How a slice of a run ended. */
export type RunState =
  | { readonly kind: "slice" }
  | { readonly kind: "stopped"; readonly stop: StopInfo }
  | { readonly kind: "ended"; readonly reason: EndReason };

export interface MachineState {
  readonly table: TableState;
  readonly clock: ClockState;
  readonly journal: JournalState;
  readonly random: RandomState;
  readonly entry: unknown;
  readonly idleHook: unknown;
}

export class Machine implements Monitor, Registers {
  ticksLeft = 0;
  pointsLeft = 0;
  top: Frame | null = null;
  /** The CPU that executes. */
  cpu: Cpu;

  /** Finds source places; told by the lab which modules are the driver model's. */
  readonly places: PlaceFinder = placeFinder();
  random!: Random;
  debugger!: Debugger;
  freed!: FreedMemory;
  freedBytes!: FreedByteMemory;
  /** Stores are seen late; null while memory is sequentially consistent. */
  weak: WeakMemory | null = null;
  /** Result of the run once it has ended. */
  ended: EndReason | null = null;

  // the parts, for the module `machine`; new ones for each run
  clock!: Clock;
  journal!: Journal;
  scheduler!: Scheduler;
  crashes!: Crashes;
  contexts!: Contexts;
  hardware!: HardwareSteps;
  interrupts!: Interrupts;
  switching!: Switching;
  waiting!: Waiting;
  life!: TaskLife;
  #table!: TaskTable;
  #watchdog!: Watchdog;

  #watches: AccessWatch[] = [];
  /** All of them. */
  #watch: AccessWatch | null = null;
  #orderWatches: OrderWatch[] = [];
  /** The access before which a point is due. */
  #object: unknown = null;
  #key: unknown = undefined;
  #kind: AccessKind = LOAD;
  #args: readonly unknown[] | undefined = undefined;
  /** Why the main loop ends. */
  #stop: RunState | null = null;
  /** What the debugger wants to happen next. */
  #forced: CpuTransition | null = null;
  /** Times that only frozen CPUs could have gone on. */
  #stallCount = 0;

  constructor(config: MachineConfig) {
    this.cpu = this.powerOn(config);
  }

  /**
   * Forgets everything and starts afresh: programs linked to this machine stay linked, and may be booted again. Listeners
   * are gone, too. Returns the first CPU. `known`: CPUs and tasks that serve again, because the program's memory holds them.
   */
  powerOn(config: MachineConfig, known?: KnownTasks): Cpu {
    const { places } = this;
    this.top = null;
    this.ticksLeft = 0;
    this.pointsLeft = 0;
    this.ended = null;
    this.#stop = null;
    this.#forced = null;
    this.#stallCount = 0;
    this.#watches = [];
    this.#watch = null;
    this.#orderWatches = [];
    this.weak = null;
    const strategy = config.strategy ?? new RandomWalk(config.seed);
    this.random = new Random(config.seed, 0);
    const table = new TaskTable(config.cpus, known);
    this.cpu = table.cpus[0]!;
    this.#table = table;
    this.debugger = new Debugger(this);
    const clock = new Clock(this, config.maxTicks, () => this.debugger.watching);
    const journal = new Journal(this, clock);
    const scheduler = new Scheduler(strategy, this, clock, journal.hash);
    const crashes = new Crashes(this, journal, places);
    const contexts = new Contexts(this, table, journal, crashes, (slot, fn) =>
      this.debugger.onCallback(slot, fn),
    );
    const hardware = new HardwareSteps(clock);
    const interrupts = new Interrupts(this, clock, table, journal, scheduler, contexts);
    const watchdog = new Watchdog(this, clock, table, journal, places);
    const switching = new Switching(
      this,
      clock,
      table,
      journal,
      scheduler,
      hardware,
      interrupts,
      watchdog,
      () => this.#stalled(),
      (on, how) => {
        this.weak?.operation(how);
        if (on !== null && this.#orderWatches.length > 0) this.#ordered(on, how);
      },
    );
    const waiting = new Waiting(this, clock, table, journal, crashes, switching, (on) =>
      this.order(on, "acquire"),
    );
    const life = new TaskLife(this, table, journal, crashes, interrupts, switching, waiting);
    this.clock = clock;
    this.journal = journal;
    this.scheduler = scheduler;
    this.crashes = crashes;
    this.contexts = contexts;
    this.hardware = hardware;
    this.interrupts = interrupts;
    this.#watchdog = watchdog;
    this.switching = switching;
    this.waiting = waiting;
    this.life = life;
    this.freed?.forget();
    this.freed = new FreedMemory((object, key, write, record) => {
      if (journal.silent || (record.given && !this.#inModel())) return;
      journal.emit({ type: "freed-access", object, what: record.what, key, write, freedAt: record.freedAt });
    });
    this.freedBytes = new FreedByteMemory((object, what, key, write, freedAt) =>
      journal.emit({ type: "freed-access", object, what, key, write, freedAt }),
    );
    return this.cpu;
  }

  /**
   * From now on memory is weakly ordered: see `weak/store-buffers.ts`. The fields of a `kernelObject` are not: the kernel
   * keeps them in order.
   */
  weaken(kernelObject: (object: object) => boolean): WeakMemory {
    this.weak = new WeakMemory(this, kernelObject);
    return this.weak;
  }

  /** Tells of each use of freed bytes (`freed-access`), which takes a look at each access. */
  watchFreedBytes(): void {
    this.watchAccesses((object, key, kind, args) => this.freedBytes.accessed(object, key, kind, args));
    this.on("bytes-accessed", ({ bytes, write }) => this.freedBytes.used(bytes, undefined, write));
  }

  // ---- a beginning that is known -----------------------------------------------------------------------------

  /** What `load` needs to go on from here in a later run: all of the machine but the content of tasks and CPUs. */
  save(): MachineState {
    const { clock, journal, random, interrupts, life } = this;
    return {
      table: this.#table.save(),
      clock: clock.save(),
      journal: journal.save(),
      random: random.save(),
      entry: interrupts.entry,
      idleHook: life.idleHook,
    };
  }

  /**
   * The run has come to where the state was saved. To be called by the task that ran there, when the tasks and CPUs of the
   * state are as they were; those that had not begun begin anew.
   */
  load({ table, clock, journal, random, entry, idleHook }: MachineState): void {
    this.#table.load(table);
    this.journal.load(journal);
    this.random.load(random);
    this.interrupts.setEntry(entry);
    this.life.setIdleHook(idleHook);
    for (const task of table.tasks) if (!task.idle && task !== this.cpu.current) this.life.rebegin(task);
    this.clock.load(clock);
  }

  // ---- running -----------------------------------------------------------------------------------------------

  createTask(name: string, fn: unknown, arg: unknown, options: TaskOptions): Task {
    return this.life.create(name, fn, arg, options);
  }

  /** The task whose end is the end of the run. */
  get mainTask(): Task | null {
    return this.#table.main;
  }

  set mainTask(task: Task | null) {
    this.#table.main = task;
  }

  /** Runs until about `ticks` statements have passed, the debugger stops it, or the run ends. */
  run(ticks: number): RunState {
    if (this.ended !== null) return { kind: "ended", reason: this.ended };
    this.clock.startSlice(ticks);
    this.#stop = null;
    while (this.#stop === null) {
      this.switching.apply();
      this.weak?.show(this.cpu.id);
      try {
        this.cpu.current.root.next();
      } catch (error) {
        if (!(error instanceof Halt)) throw error;
        this.ended = error.reason;
        this.#stop = { kind: "ended", reason: error.reason };
      }
    }
    return this.#stop;
  }

  /** Gives control back to whoever called `run`; goes on at the next call. */
  *#pause(state: RunState): Resumable<void> {
    const task = this.cpu.current;
    task.top = this.top;
    this.#stop = state;
    yield;
    this.top = task.top;
  }

  // ---- the debugger's decisions: only while the machine stands -----------------------------------------------

  /** A frozen CPU executes nothing. */
  freeze(cpu: CpuId, frozen: boolean): void {
    this.#table.cpu(cpu).frozen = frozen;
    this.clock.decideSoon();
  }

  /** `transition` happens as soon as the machine runs on. */
  force(transition: CpuTransition): void {
    this.#forced = transition;
  }

  /** A part of the hardware does its next step; the CPUs stand while time passes until it may. */
  stepHardware(id: number): void {
    const { clock, hardware } = this;
    const agent = hardware.agents[id];
    const ahead = (agent?.dueNs ?? clock.nowNs) - clock.nowNs;
    if (ahead > 0) clock.spend(ahead);
    clock.runDueAlarms();
    if (agent?.enabled !== true) return;
    clock.countPoint();
    this.scheduler.record({ kind: "hardware", cpu: -1, id, lazy: false });
    hardware.act(id);
    clock.decideSoon();
  }

  /** With the statements, the coordinate of a stop: several may come while one statement waits. */
  get stallCount(): number {
    return this.#stallCount;
  }

  *#stalled(): Resumable<void> {
    this.#stallCount++;
    yield* this.#pause({ kind: "stopped", stop: this.debugger.stalled() });
  }

  /** What was decided while the machine stood. */
  *#obey(): Resumable<void> {
    const forced = this.#forced;
    this.#forced = null;
    if (forced !== null) yield* this.switching.force(forced);
    if (this.cpu.frozen) yield* this.switching.reschedule();
  }

  // ---- Monitor -----------------------------------------------------------------------------------------------

  armed(frame: Frame, pc: number): boolean {
    const ranOut = --this.ticksLeft < 0;
    // native code on the stack cannot be stopped in
    return (!this.clock.nested && this.debugger.hit(frame, pc)) || ranOut;
  }

  *tick(frame: Frame, pc: number): Resumable<void> {
    const { clock } = this;
    this.#watchdog.checkLimit();
    if (!clock.nested) {
      const stop = this.debugger.look(frame, pc);
      if (stop !== null) {
        yield* this.#pause({ kind: "stopped", stop });
        yield* this.#obey();
      } else if (clock.sliceOver) yield* this.#pause({ kind: "slice" });
      if (clock.quietForLong) this.#skipQuietTime();
      if (clock.alarmOverdue()) {
        clock.countPoint();
        yield* this.switching.point();
      }
    } else if (clock.sliceOver) clock.extendSlice();
    clock.grantTicks();
  }

  #skipQuietTime(): void {
    this.clock.noteEvent();
    if (possibleTransitions(this.cpus, this.hardware).length <= 1) this.clock.jumpToAlarm();
  }

  due(
    frame: Frame,
    pc: number,
    object: unknown,
    key: unknown,
    kind: AccessKind,
    args?: readonly unknown[],
  ): boolean {
    if (this.clock.passPoint()) {
      this.#watch?.(object, key, kind, args, frame, pc);
      return false;
    }
    const { pending } = this.cpu.current;
    pending.frame = frame;
    pending.pc = pc;
    pending.on = typeof object === "object" ? object : null;
    pending.key = key;
    pending.yields = false;
    pending.how = kind === LOAD || (kind === CALL && !isStore(key)) ? "read" : "write";
    this.#object = object;
    this.#key = key;
    this.#kind = kind;
    this.#args = args;
    return true;
  }

  /** An access is made when the schedule comes back to it, so it is watched then. */
  *point(frame: Frame, pc: number): Resumable<void> {
    const object = this.#object;
    const key = this.#key;
    const kind = this.#kind;
    const args = this.#args;
    yield* this.switching.point();
    this.#watch?.(object, key, kind, args, frame, pc);
  }

  /**
   * Tells of each load and store of shared state in the model and the workload, just before it is made. Call what is
   * returned to hear no more.
   */
  watchAccesses(watch: AccessWatch): () => void {
    const watches = this.#watches;
    watches.push(watch);
    this.#watch = together(watches);
    this.clock.watchPoints(true);
    return () => {
      const at = watches.indexOf(watch);
      if (at < 0) return;
      watches.splice(at, 1);
      if (watches !== this.#watches) return;
      this.#watch = together(watches);
      this.clock.watchPoints(watches.length > 0);
    };
  }

  /** Tells of each operation that orders accesses. */
  watchOrder(watch: OrderWatch): void {
    this.#orderWatches.push(watch);
  }

  /** An operation of the kernel orders what comes before and after it. */
  order(on: object | null, how: Ordering): void {
    if (this.#orderWatches.length === 0 || this.journal.silent) return;
    for (const watch of this.#orderWatches) watch(on, how);
  }

  /** Locks tell by their events when they are held and let go; atomic words are ordered where they are used. */
  #ordered(on: object, how: OperationKind): void {
    if (how === "write") this.order(on, "both");
    else if (how === "read") this.order(on, "acquire");
  }

  runNested<T>(body: Resumable<T>): T {
    const { top } = this;
    this.clock.enterNative();
    try {
      const step = body.next();
      if (!step.done) throw new Error("instrumented code paused inside a call from native code");
      this.top = top;
      return step.value;
    } finally {
      this.clock.leaveNative();
    }
  }

  stackOverflow(_frame: Frame): never {
    return this.crashes.oops("kernel stack overflow: more than 500 nested calls");
  }

  // ---- looking -----------------------------------------------------------------------------------------------

  /** Runs native or instrumented code that is no step of the run: it costs no time and counts no points. */
  quietly<T>(ask: () => T): T {
    const { top } = this;
    try {
      return this.clock.uncounted(ask);
    } finally {
      this.top = top;
    }
  }

  /** As `quietly`, for code of the kernel that hardware calls: what it asks for (an interrupt) is decided on soon. */
  fromHardware<T>(call: () => T): T {
    try {
      return this.quietly(call);
    } finally {
      this.clock.grantPoints();
    }
  }

  /** As `quietly`, and nobody hears of what happens meanwhile: for code that only looks (hovers, conditions). */
  unnoticed<T>(ask: () => T): T {
    return this.clock.unspent(() => this.journal.muted(() => this.quietly(ask)));
  }

  /** Makes `tick` be called at the next statement (the debugger wants to look). */
  lookSoon(): void {
    this.clock.grantTicks();
  }

  get cpus(): readonly Cpu[] {
    return this.#table.cpus;
  }

  get tasks(): readonly Task[] {
    return this.#table.tasks;
  }

  get decisions(): readonly Decision[] {
    return this.scheduler.decisions;
  }

  /** Statements executed. */
  get tickCount(): number {
    return this.clock.tickCount;
  }

  /** Scheduling points passed. */
  get pointCount(): number {
    return this.clock.pointCount;
  }

  get nowNs(): number {
    return this.clock.nowNs;
  }

  /** Innermost place in the model on the running CPU, or the innermost place at all. */
  here(): Place | null {
    return this.places.here(this);
  }

  /** The innermost function is one of the model. */
  #inModel(): boolean {
    return this.top !== null && this.places.modelModules.has(this.top.fn.module);
  }

  /** Places of the running context and those below it, innermost first. */
  stack(): readonly Place[] {
    return this.places.stack(this);
  }

  // ---- events ------------------------------------------------------------------------------------------------

  get historyHash(): string {
    return this.journal.hash.digest();
  }

  on<T extends EventType>(type: T, listener: Listener<T>): () => void {
    return this.journal.on(type, listener);
  }

  onEach(listenerFor: (type: EventType) => Listener | null): void {
    this.journal.onEach(listenerFor);
  }

  onAny(listener: Listener): () => void {
    return this.journal.onAny(listener);
  }

  emit(event: LabEvent): void {
    this.journal.emit(event);
  }
}
