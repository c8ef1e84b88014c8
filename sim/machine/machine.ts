/**
 * The deterministic multiprocessor: drives one root generator per task, switches between CPUs at scheduling points,
 * delivers interrupts as contexts on top of tasks, and keeps virtual time. A run is a pure function of the program,
 * the seed and the strategy's decisions.
 */
import { call } from "../instrument/index.ts";
import type { Frame, Monitor, Resumable } from "../instrument/monitor.ts";
import { MachineUnwind } from "../instrument/unwind.ts";
import { type Alarm, AlarmQueue } from "./alarm-queue.ts";
import { Debugger, type StopInfo } from "./debugger.ts";
import { EventBus } from "./event-bus.ts";
import type {
  CallState,
  EventType,
  Identified,
  KernelEvent,
  LabEvent,
  Listener,
  Place,
  WaitInfo,
} from "./events.ts";
import { FreedMemory } from "./freed-memory.ts";
import type { Context, ContextKind, Cpu, CpuId, Task } from "./model.ts";
import { Random } from "./random.ts";
import { type Decision, RandomWalk, type Strategy, type Transition } from "./schedule.ts";
import { type PlaceFinder, placeFinder } from "./stack.ts";

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

export type EndReason = "finished" | "oops" | "deadlock" | "hang" | "run-limit" | "halted" | "diverged";

/** Ends the run through all frames. */
class Halt extends MachineUnwind {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    super(`the run ended: ${reason}`);
    this.reason = reason;
  }
}

/** Ends one task through its frames. */
class TaskDeath extends MachineUnwind {}

const STATEMENT_NS = 10;
/** A counter that stays a small integer for V8. */
const MANY = 1 << 29;
/** An alarm that is due waits for a scheduling point, but not longer than this many statements. */
const ALARM_GRACE_TICKS = 2_000;
/**
 * A CPU that has told nothing for so many statements, while no other can run, waits in a loop of its own for what only
 * time can bring: time skips to the next event.
 */
const QUIET_TICKS = 20_000;
/** A CPU that spins longer than this will never stop (Linux: soft lockup after 10 s). */
const SPIN_LIMIT_NS = 10e9;
/** The workload blocked longer than this, with nothing but timers running, hangs. */
const HANG_LIMIT_NS = 120e9;

export class Machine implements Monitor {
  ticksLeft = 0;
  pointsLeft = 0;
  top: Frame | null = null;

  readonly config: MachineConfig;
  readonly cpus: readonly Cpu[];
  readonly tasks: Task[] = [];
  readonly decisions: Decision[] = [];
  readonly debugger: Debugger;
  readonly freed: FreedMemory;
  /** Finds source places; told by the lab which modules are the driver model's. */
  readonly places: PlaceFinder;
  strategy: Strategy;
  /** The task whose end is the end of the run. */
  mainTask: Task | null = null;
  /** Result of the run once it has ended. */
  ended: EndReason | null = null;

  /** The CPU that executes. */
  #cpu: Cpu;
  #stop: RunState | null = null;
  /** What the main loop does when the running chain has yielded. */
  #transition: Transition | null = null;
  #nested = 0;

  #tickBase = 0;
  #tickGrant = 0;
  #pointBase = 0;
  #pointGrant = 0;
  #nextDecisionAt = 0;
  #sliceEnd = 0;
  #timeBaseNs = 0;
  #alarmGraceEnd = Number.POSITIVE_INFINITY;
  #lastEventTick = 0;

  readonly #alarms = new AlarmQueue();
  readonly #events: EventBus;
  readonly #random: Random;
  readonly #ids = new Map<string, number>();
  #interruptEntry: unknown = null;
  #idleHook: unknown = null;
  #contextCount = 0;

  constructor(config: MachineConfig) {
    this.config = config;
    this.strategy = config.strategy ?? new RandomWalk(config.seed);
    this.#random = new Random(config.seed, 0);
    this.#events = new EventBus();
    this.places = placeFinder();
    this.freed = new FreedMemory((object, key, write, record) => {
      if (this.#events.silent) return;
      this.emit({ type: "freed-access", object, what: record.what, key, write, freedAt: record.freedAt });
    });
    const cpus: Cpu[] = [];
    for (let id = 0; id < config.cpus; id++) cpus.push(this.#makeCpu(id));
    this.cpus = cpus;
    this.#cpu = cpus[0]!;
    this.debugger = new Debugger(this);
    this.#nextDecisionAt = this.strategy.runLength(0) + 1;
    this.#grantPoints();
  }

  // ---- counters and time -------------------------------------------------------------------------------------

  /** Statements executed. */
  get tickCount(): number {
    return this.#tickBase + this.#tickGrant - this.ticksLeft;
  }

  /** Scheduling points passed. */
  get pointCount(): number {
    return this.#pointBase + this.#pointGrant - this.pointsLeft;
  }

  get nowNs(): number {
    return this.#timeBaseNs + this.tickCount * STATEMENT_NS;
  }

  get historyHash(): string {
    return this.#events.hash.digest();
  }

  get cpu(): Cpu {
    return this.#cpu;
  }

  get nested(): boolean {
    return this.#nested > 0;
  }

  /** Virtual time passes on the running CPU. */
  spend(ns: number): void {
    this.#timeBaseNs += ns;
    this.#grantTicks();
  }

  /** Makes `tick` be called at the next statement (the debugger wants to look). */
  lookSoon(): void {
    this.#grantTicks();
  }

  #grantTicks(): void {
    const count = this.tickCount;
    const quietEnd = Math.max(this.#lastEventTick + QUIET_TICKS, count + 1);
    let grant = Math.min(this.#sliceEnd, this.config.maxTicks, this.#alarmGraceEnd, quietEnd) - count;
    const alarm = this.#alarms.nextNs();
    if (alarm !== Number.POSITIVE_INFINITY && this.#alarmGraceEnd === Number.POSITIVE_INFINITY) {
      grant = Math.min(grant, Math.ceil((alarm - this.nowNs) / STATEMENT_NS));
    }
    if (this.debugger.watching) grant = 0;
    this.#tickBase = count;
    this.#tickGrant = Math.max(0, Math.min(grant - 1, MANY));
    this.ticksLeft = this.#tickGrant;
  }

  #grantPoints(): void {
    const count = this.pointCount;
    const grant = this.#nested > 0 ? MANY : this.#nextDecisionAt - count - 1;
    this.#pointBase = count;
    this.#pointGrant = Math.max(0, Math.min(grant, MANY));
    this.pointsLeft = this.#pointGrant;
  }

  /** The strategy is asked at the next scheduling point. */
  #decideSoon(): void {
    this.#nextDecisionAt = Math.min(this.#nextDecisionAt, this.pointCount + 1);
    this.#grantPoints();
  }

  // ---- Monitor -----------------------------------------------------------------------------------------------

  armed(frame: Frame, pc: number): boolean {
    const ranOut = --this.ticksLeft < 0;
    // native code on the stack cannot be stopped in
    return (this.#nested === 0 && this.debugger.hit(frame, pc)) || ranOut;
  }

  *tick(frame: Frame, pc: number): Resumable<void> {
    if (this.tickCount >= this.config.maxTicks) this.#runLimit();
    if (this.#nested === 0) {
      const stop = this.debugger.look(frame, pc);
      if (stop !== null) {
        yield* this.#pause({ kind: "stopped", stop });
      } else if (this.tickCount >= this.#sliceEnd) {
        yield* this.#pause({ kind: "slice" });
      }
      if (this.tickCount >= this.#lastEventTick + QUIET_TICKS) this.#skipQuietTime();
      if (this.#alarms.nextNs() <= this.nowNs) {
        if (this.#alarmGraceEnd === Number.POSITIVE_INFINITY) {
          this.#alarmGraceEnd = this.tickCount + ALARM_GRACE_TICKS;
          this.#decideSoon();
        } else if (this.tickCount >= this.#alarmGraceEnd) {
          this.pointsLeft--;
          yield* this.point(frame, pc);
        }
      }
    } else if (this.tickCount >= this.#sliceEnd) {
      this.#sliceEnd = this.tickCount + 10_000; // native code is on the stack: the slice ends later
    }
    this.#grantTicks();
  }

  #skipQuietTime(): void {
    this.#lastEventTick = this.tickCount;
    const alarm = this.#alarms.nextNs();
    const now = this.nowNs;
    if (alarm === Number.POSITIVE_INFINITY || alarm <= now || this.#transitions().length > 1) return;
    this.#timeBaseNs += alarm - now;
  }

  *point(_frame: Frame | null, _pc: number): Resumable<void> {
    if (this.#nested > 0) {
      this.#grantPoints();
      return;
    }
    this.#runDueAlarms();
    if (this.pointCount >= this.#nextDecisionAt) {
      const transitions = this.#transitions();
      const chosen = this.#pick(transitions, true);
      this.#nextDecisionAt = this.pointCount + 1 + this.strategy.runLength(this.pointCount);
      this.#grantPoints();
      if (chosen !== null) yield* this.#take(chosen);
    }
    this.#grantPoints();
  }

  runNested<T>(body: Resumable<T>): T {
    this.#nested++;
    const top = this.top;
    try {
      const step = body.next();
      if (!step.done) throw new Error("instrumented code paused inside a call from native code");
      this.top = top;
      return step.value;
    } finally {
      this.#nested--;
      if (this.#nested === 0) this.#grantPoints();
    }
  }

  /** Runs native or instrumented code that is no step of the run: it costs no time and counts no points. */
  quietly<T>(ask: () => T): T {
    const { ticksLeft, pointsLeft, top } = this;
    const [tickBase, tickGrant, pointBase, pointGrant] = [
      this.#tickBase,
      this.#tickGrant,
      this.#pointBase,
      this.#pointGrant,
    ];
    this.#nested++;
    try {
      return ask();
    } finally {
      this.#nested--;
      this.top = top;
      this.ticksLeft = ticksLeft;
      this.pointsLeft = pointsLeft;
      [this.#tickBase, this.#tickGrant, this.#pointBase, this.#pointGrant] = [
        tickBase,
        tickGrant,
        pointBase,
        pointGrant,
      ];
    }
  }

  /** As `quietly`, and nobody hears of what happens meanwhile: for code that only looks (hovers, conditions). */
  unnoticed<T>(ask: () => T): T {
    const timeBaseNs = this.#timeBaseNs;
    this.#events.muted++;
    try {
      return this.quietly(ask);
    } finally {
      this.#events.muted--;
      this.#timeBaseNs = timeBaseNs;
    }
  }

  stackOverflow(_frame: Frame): never {
    return this.oops("kernel stack overflow: more than 500 nested calls");
  }

  // ---- running -----------------------------------------------------------------------------------------------

  /** Runs until about `ticks` statements have passed, the debugger stops it, or the run ends. */
  run(ticks: number): RunState {
    if (this.ended !== null) return { kind: "ended", reason: this.ended };
    this.#sliceEnd = this.tickCount + ticks;
    this.#grantTicks();
    this.#stop = null;
    while (this.#stop === null) {
      this.#applyTransition();
      const task = this.#cpu.current;
      try {
        task.root.next();
      } catch (error) {
        if (!(error instanceof Halt)) throw error;
        this.#end(error.reason);
      }
    }
    return this.#stop;
  }

  #end(reason: EndReason): void {
    this.ended = reason;
    this.#stop = { kind: "ended", reason };
  }

  /** Gives control back to whoever called `run`; goes on at the next call. */
  *#pause(state: RunState): Resumable<void> {
    const task = this.#cpu.current;
    task.top = this.top;
    this.#stop = state;
    yield;
    this.top = task.top;
  }

  #applyTransition(): void {
    const t = this.#transition;
    if (t === null) return;
    this.#transition = null;
    const cpu = this.cpus[t.cpu]!;
    this.#cpu = cpu;
    if (t.kind === "task") this.#switchTask(cpu, this.tasks[t.id]!);
    if (t.kind === "vector") {
      cpu.pendingVectors.splice(cpu.pendingVectors.indexOf(t.id), 1);
      if (isOff(cpu.current)) this.#switchTask(cpu, cpu.idleTask);
      cpu.delivering = t.id;
    }
  }

  #switchTask(cpu: Cpu, next: Task): void {
    const previous = cpu.current;
    if (previous === next) return;
    previous.irqsDisabled = cpu.irqsDisabled;
    cpu.irqsDisabled = next.irqsDisabled;
    cpu.current = next;
    if (next.idle) cpu.idleHookDue = false;
    this.emit({ type: "task-switched", from: previous, to: next });
  }

  /** Lets a transition happen, in the chain of the CPU that runs now; returns when this chain runs again. */
  *#take(t: Transition): Resumable<void> {
    const cpu = this.#cpu;
    if (t.cpu === cpu.id && !isOff(cpu.current)) {
      if (t.kind === "run") return;
      if (t.kind === "vector") {
        cpu.pendingVectors.splice(cpu.pendingVectors.indexOf(t.id), 1);
        yield* this.#takeVector(t.id);
        return;
      }
    }
    const task = cpu.current;
    task.top = this.top;
    this.#transition = t;
    yield;
    this.top = task.top;
    yield* this.#deliver();
  }

  /** Takes the interrupt for which the main loop resumed this CPU, if that was why. */
  *#deliver(): Resumable<void> {
    const cpu = this.#cpu;
    if (cpu.delivering < 0) return;
    const vector = cpu.delivering;
    cpu.delivering = -1;
    yield* this.#takeVector(vector);
  }

  *#takeVector(vector: number): Resumable<void> {
    const cpu = this.#cpu;
    const task = cpu.current;
    const { state, ready } = task;
    task.state = "runnable";
    cpu.irqsDisabled = true;
    yield* this.runContext("hardirq", `interrupt ${vector}`, this.#interruptEntry, [vector]);
    cpu.irqsDisabled = false;
    task.state = state;
    task.ready = ready;
  }

  #transitions(): Transition[] {
    const list: Transition[] = [];
    for (const cpu of this.cpus) {
      if (cpu.frozen) continue;
      const current = cpu.current;
      const off = isOff(current);
      if (canRun(current)) list.push({ kind: "run", cpu: cpu.id, id: 0 });
      if (off || !cpu.irqsDisabled) {
        for (const vector of cpu.pendingVectors) list.push({ kind: "vector", cpu: cpu.id, id: vector });
      }
      if (!off && !(current.preemptCount === 0 && !cpu.irqsDisabled && current.context.kind === "process"))
        continue;
      let any = false;
      for (const task of cpu.tasks) {
        if (task === current || !canRun(task)) continue;
        any = true;
        list.push({ kind: "task", cpu: cpu.id, id: task.id, nice: task.nice });
      }
      if (off && !any && cpu.idleHookDue && !current.idle) {
        list.push({ kind: "task", cpu: cpu.id, id: cpu.idleTask.id, nice: 0 });
      }
    }
    return list;
  }

  #pick(transitions: readonly Transition[], voluntary: boolean): Transition | null {
    if (transitions.length === 0) return null;
    const point = this.pointCount;
    if (transitions.length === 1 && !voluntary) return transitions[0]!;
    if (transitions.length === 1 && transitions[0]!.kind === "run") return null;
    const t = transitions[this.strategy.pick(transitions, this.#cpu.id, voluntary, point)]!;
    if (voluntary && t.kind === "run" && t.cpu === this.#cpu.id) return null;
    this.decisions.push([point, t.kind, t.cpu, t.id]);
    this.#events.hash.int(point);
    this.#events.hash.int((t.cpu << 2) | KIND_NUMBER[t.kind]);
    this.#events.hash.int(t.id);
    return t;
  }

  /** The current task cannot go on: something else happens; returns when this chain runs again. */
  *#reschedule(): Resumable<void> {
    this.pointsLeft--;
    for (;;) {
      this.#runDueAlarms();
      const t = this.#pick(this.#transitions(), false);
      if (t !== null) {
        this.#nextDecisionAt = this.pointCount + 1 + this.strategy.runLength(this.pointCount);
        this.#grantPoints();
        yield* this.#take(t);
        return;
      }
      this.#jumpOrStall();
      if (this.#stop === null && this.tickCount >= this.config.maxTicks) this.#runLimit();
    }
  }

  #jumpOrStall(): void {
    const alarm = this.#alarms.nextNs();
    if (alarm === Number.POSITIVE_INFINITY) this.#stalled();
    const now = this.nowNs;
    if (alarm > now) {
      this.#timeBaseNs += alarm - now;
      this.#grantTicks();
    }
    for (const task of this.tasks) {
      if (task.state === "spinning" && task.waitsOn !== null && alarm - task.waitsSinceNs > SPIN_LIMIT_NS)
        this.#stalled();
    }
    const main = this.mainTask;
    if (main?.state === "blocked" && alarm - main.waitsSinceNs > HANG_LIMIT_NS && main.waitsFor !== "sleeps")
      this.#stalled();
  }

  /** Nothing will ever run again. */
  #stalled(): never {
    const waiting = this.tasks.filter((t) => !t.idle && (t.state === "spinning" || t.state === "blocked"));
    const spinning = waiting.some((t) => t.state === "spinning");
    const waits = waiting.map(
      (t): WaitInfo => ({
        task: t,
        cpu: t.cpu,
        why: t.waitsFor ?? "",
        on: t.waitsOn,
        place: this.places.ofTask(t, this),
      }),
    );
    const type = spinning ? "deadlock" : "hang";
    const blocked = waits.filter((w) => w.task.state === "spinning" || w.task === this.mainTask);
    const message = blocked.map((w) => `CPU ${w.cpu} (${w.task.name}) ${w.why}`).join("; ");
    this.emit({ type, message, waits });
    throw new Halt(type);
  }

  #runLimit(): never {
    this.emit({ type: "run-limit", ticks: this.config.maxTicks });
    throw new Halt("run-limit");
  }

  #runDueAlarms(): void {
    this.#alarmGraceEnd = Number.POSITIVE_INFINITY;
    for (
      let alarm = this.#alarms.takeDue(this.nowNs);
      alarm !== undefined;
      alarm = this.#alarms.takeDue(this.nowNs)
    ) {
      if (!alarm.cancelled) alarm.fire();
    }
    this.#grantTicks();
  }

  // ---- CPUs and tasks ----------------------------------------------------------------------------------------

  #makeCpu(id: CpuId): Cpu {
    const idleTask = this.#makeTask(`swapper/${id}`, id, true);
    idleTask.state = "blocked";
    const cpu: Cpu = {
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
    idleTask.root = this.#idleBody(cpu);
    return cpu;
  }

  #makeTask(name: string, cpu: CpuId, idle: boolean): Task {
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
    } as unknown as Task;
    task.context = { id: ++this.#contextCount, kind: "process", name, task, cpu, below: null, base: null };
    this.tasks.push(task);
    return task;
  }

  *#idleBody(cpu: Cpu): Resumable<void> {
    yield* this.#deliver();
    for (;;) {
      if (this.#idleHook !== null) {
        cpu.idleTask.state = "runnable";
        yield* this.#guarded(this.#idleHook, []);
        cpu.idleTask.state = "blocked";
      }
      yield* this.#reschedule();
    }
  }

  createTask(
    name: string,
    fn: unknown,
    arg: unknown,
    options: { cpu: CpuId; nice?: number; data?: unknown },
  ): Task {
    const cpu = this.cpus[options.cpu];
    if (cpu === undefined) throw new Error(`there is no CPU ${options.cpu}`);
    const task = this.#makeTask(name, options.cpu, false);
    task.nice = options.nice ?? 0;
    task.data = options.data ?? null;
    task.root = this.#taskBody(task, fn, arg);
    cpu.tasks.push(task);
    this.emit({ type: "task-created", created: task });
    return task;
  }

  *#taskBody(task: Task, fn: unknown, arg: unknown): Resumable<void> {
    this.top = null;
    yield* this.#deliver();
    yield* this.#guarded(fn, [arg]);
    task.state = "ended";
    const cpu = this.#cpu;
    cpu.tasks.splice(cpu.tasks.indexOf(task), 1);
    cpu.idleHookDue = true;
    this.emit({ type: "task-ended", ended: task });
    for (const waiting of this.tasks) if (waiting.waitsOn === task) this.wake(waiting);
    if (task === this.mainTask) throw new Halt("finished");
    yield* this.#reschedule();
    throw new Error("an ended task was resumed");
  }

  /** Calls `fn`; an exception ends as an oops. Returns undefined if the task died. */
  *#guarded(fn: unknown, args: readonly unknown[]): Resumable<void> {
    try {
      yield* call(fn as never, undefined, args as unknown[]);
    } catch (error) {
      if (error instanceof TaskDeath) return;
      if (error instanceof Halt) throw error;
      try {
        this.#crash(error);
      } catch (end) {
        if (!(end instanceof TaskDeath)) throw end;
      }
    }
  }

  #crash(error: unknown): never {
    if (error instanceof MachineUnwind) throw error;
    if ((error as Error | null)?.name === "ScheduleDivergence") throw error;
    return this.oops(crashMessage(error));
  }

  /** Ends the current task; in interrupt context, the run. */
  oops(message: string): never {
    const fatal = this.#cpu.current.context.kind !== "process" || this.#cpu.current.idle;
    this.emit({ type: "oops", message, stack: this.places.stack(this), fatal });
    throw fatal ? new Halt("oops") : new TaskDeath(message);
  }

  halt(_reason: string): never {
    throw new Halt("halted");
  }

  *runContext(kind: ContextKind, name: string, fn: unknown, args: readonly unknown[]): Resumable<void> {
    const task = this.#cpu.current;
    const base = this.top;
    const context: Context = {
      id: ++this.#contextCount,
      kind,
      name,
      task,
      cpu: this.#cpu.id,
      below: task.context,
      base,
    };
    const below = task.context;
    task.context = context;
    this.emit({ type: "context-entered", entered: context });
    try {
      yield* call(fn as never, undefined, args as unknown[]);
    } catch (error) {
      this.#crash(error);
    }
    this.emit({ type: "context-left", left: context });
    task.context = below;
    this.top = base;
  }

  *driverCall(
    slot: string,
    owner: Identified | null,
    fn: unknown,
    args: readonly unknown[],
  ): Resumable<unknown> {
    const before: CallState = this.callState();
    const name = typeof fn === "function" ? fn.name : String(fn);
    this.emit({ type: "callback-entered", slot, owner, name, args, before });
    this.debugger.onCallback(slot, fn);
    const result = yield* call(fn as never, undefined, args as unknown[]);
    this.emit({ type: "callback-left", slot, owner, name, args, result, before });
    return result;
  }

  callState(): CallState {
    return { preemptCount: this.#cpu.current.preemptCount, irqsDisabled: this.#cpu.irqsDisabled };
  }

  // ---- waiting -----------------------------------------------------------------------------------------------

  #mayNotBlock(why: string): void {
    if (this.#nested > 0) {
      this.oops(
        `cannot wait (${why}) inside a callback of native code such as a sort comparator, a getter or toString`,
      );
    }
  }

  *spinUntil(on: Identified | null, why: string, ready: () => boolean): Resumable<void> {
    if (ready()) return;
    this.#mayNotBlock(why);
    const task = this.#cpu.current;
    task.waitsFor = why;
    task.waitsOn = on;
    task.waitsSinceNs = this.nowNs;
    while (!ready()) {
      task.state = "spinning";
      task.ready = ready;
      yield* this.#reschedule();
    }
    task.state = "runnable";
    task.ready = null;
    task.waitsFor = null;
    task.waitsOn = null;
  }

  *delay(ns: number): Resumable<void> {
    if (this.#nested > 0) {
      this.spend(ns);
      return;
    }
    const until = this.nowNs + ns;
    const alarm = this.#alarms.add(until, () => {});
    yield* this.spinUntil(null, `delays ${ns / 1000} µs`, () => this.nowNs >= until);
    alarm.cancelled = true;
  }

  *block(why: string, on: Identified | null): Resumable<void> {
    this.#mayNotBlock(why);
    const cpu = this.#cpu;
    const task = cpu.current;
    if (task.wokenEarly) {
      task.wokenEarly = false;
      task.blockPrepared = false;
      yield* this.hostPoint();
      return;
    }
    task.blockPrepared = false;
    task.state = "blocked";
    task.waitsFor = why;
    task.waitsOn = on;
    task.waitsSinceNs = this.nowNs;
    cpu.idleHookDue = true;
    this.emit({ type: "task-blocked", why, on: on ?? undefined } as LabEvent);
    while (task.state === "blocked") yield* this.#reschedule();
    task.waitsFor = null;
    task.waitsOn = null;
  }

  prepareBlock(): void {
    const task = this.#cpu.current;
    task.blockPrepared = true;
    task.wokenEarly = false;
  }

  cancelBlock(): void {
    const task = this.#cpu.current;
    task.blockPrepared = false;
    task.wokenEarly = false;
  }

  wake(task: Task): boolean {
    if (task.state === "blocked" && !task.idle) {
      task.state = "runnable";
      this.emit({ type: "task-woken", woken: task });
      return true;
    }
    if (task.blockPrepared && !task.wokenEarly) {
      task.wokenEarly = true;
      return true;
    }
    return false;
  }

  *sleep(ns: number): Resumable<void> {
    const task = this.#cpu.current;
    this.#alarms.add(this.nowNs + ns, () => this.wake(task));
    this.#grantTicks();
    yield* this.block("sleeps", null);
  }

  *yieldCpu(): Resumable<void> {
    const cpu = this.#cpu;
    this.#mayNotBlock("yield");
    const others = cpu.tasks.filter((t) => t !== cpu.current && canRun(t));
    if (others.length === 0) {
      yield* this.hostPoint();
      return;
    }
    this.pointsLeft--;
    const transitions = others.map(
      (t): Transition => ({ kind: "task", cpu: cpu.id, id: t.id, nice: t.nice }),
    );
    const t = this.#pick(transitions, false)!;
    this.#grantPoints();
    yield* this.#take(t);
  }

  *migrate(to: CpuId): Resumable<void> {
    const cpu = this.#cpu;
    const target = this.cpus[to];
    if (target === undefined) return this.oops(`there is no CPU ${to}`);
    if (target === cpu) return;
    this.#mayNotBlock("migrate");
    const task = cpu.current;
    cpu.tasks.splice(cpu.tasks.indexOf(task), 1);
    target.tasks.push(task);
    task.cpu = to;
    task.top = this.top;
    task.irqsDisabled = false;
    task.context = { ...task.context, cpu: to };
    cpu.current = cpu.idleTask;
    cpu.irqsDisabled = cpu.idleTask.irqsDisabled;
    cpu.idleHookDue = true;
    // the chain of this task waits to be picked on its new CPU; the old CPU goes on from its idle task
    this.pointsLeft--;
    for (;;) {
      this.#runDueAlarms();
      const t = this.#pick(this.#transitions(), false);
      if (t !== null) {
        this.#grantPoints();
        this.#transition = t;
        yield;
        this.top = task.top;
        yield* this.#deliver();
        return;
      }
      this.#jumpOrStall();
    }
  }

  *hostPoint(): Resumable<void> {
    if (--this.pointsLeft < 0) yield* this.point(this.top, 0);
  }

  // ---- interrupts --------------------------------------------------------------------------------------------

  setInterruptEntry(entry: unknown): void {
    this.#interruptEntry = entry;
  }

  setIdleHook(hook: unknown): void {
    this.#idleHook = hook;
  }

  requestVector(vector: number, cpuId?: CpuId): void {
    const id = cpuId ?? this.choose("interrupt-cpu", this.cpus.length);
    const cpu = this.cpus[id];
    if (cpu === undefined) throw new Error(`there is no CPU ${id}`);
    if (cpu.pendingVectors.includes(vector)) return;
    cpu.pendingVectors.push(vector);
    this.emit({ type: "interrupt-requested", vector, target: id });
    this.#decideSoon();
  }

  cancelVector(vector: number, cpuId?: CpuId): boolean {
    let found = false;
    for (const cpu of this.cpus) {
      const i = cpu.pendingVectors.indexOf(vector);
      if (i < 0 || (cpuId !== undefined && cpu.id !== cpuId)) continue;
      cpu.pendingVectors.splice(i, 1);
      found = true;
    }
    return found;
  }

  disableIrqs(): void {
    if (this.#cpu.irqsDisabled) return;
    this.#cpu.irqsDisabled = true;
    this.emit({ type: "irqs-off" });
  }

  *enableIrqs(): Resumable<void> {
    const cpu = this.#cpu;
    if (!cpu.irqsDisabled) return;
    cpu.irqsDisabled = false;
    this.emit({ type: "irqs-on" });
    if (cpu.pendingVectors.length > 0 && this.#nested === 0) this.#decideSoon();
    yield* this.hostPoint();
  }

  at(timeNs: number, fire: () => void): Alarm {
    const alarm = this.#alarms.add(timeNs, fire);
    this.#grantTicks();
    return alarm;
  }

  // ---- decisions, events, memory -----------------------------------------------------------------------------

  choose(what: string, n: number): number {
    if (n <= 1) return 0;
    const value = this.strategy.choose(what, n, this.pointCount);
    this.decisions.push([this.pointCount, "choose", what, value]);
    this.#events.hash.int(value);
    return value;
  }

  randomU32(): number {
    return this.#random.u32();
  }

  on<T extends EventType>(type: T, listener: Listener<T>): () => void {
    return this.#events.on(type, listener);
  }

  onAny(listener: Listener): () => void {
    return this.#events.onAny(listener);
  }

  emit(event: LabEvent | KernelEvent): void {
    if (!this.#events.silent) this.#lastEventTick = this.tickCount;
    const task = this.#cpu.current;
    this.#events.emit(event as LabEvent, this.#cpu.id, task, task.context, this.pointCount, this.nowNs);
  }

  objectId(kind: string): number {
    const id = (this.#ids.get(kind) ?? 0) + 1;
    this.#ids.set(kind, id);
    return id;
  }

  here(): Place | null {
    return this.places.here(this);
  }

  /** Places of the running context and those below it, innermost first. */
  stack(): readonly Place[] {
    return this.places.stack(this);
  }
}

const KIND_NUMBER = { run: 0, task: 1, vector: 2 } as const;

/** The task does not use its CPU. */
function isOff(task: Task): boolean {
  return task.state === "blocked" || task.state === "ended";
}

function canRun(task: Task): boolean {
  return task.state === "runnable" || (task.state === "spinning" && task.ready!());
}

function crashMessage(error: unknown): string {
  if (error instanceof TypeError && /of (null|undefined)/.test(error.message)) {
    return `Unable to handle kernel NULL pointer dereference (${error.message})`;
  }
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return `exception: ${String(error)}`;
}
