/** One debug session: what the client asked for, and the run that it is about. Requests work on this. */
import { readFileSync } from "node:fs";
import { programHash } from "../../sim/explore/schedule-file.ts";
import type { InstrumentDiagnostic } from "../../sim/instrument/monitor.ts";
import type { Files } from "../../sim/lab/files.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { type Program, prepare } from "../../sim/lab/program.ts";
import type { StopInfo } from "../../sim/machine/debugger.ts";
import type { LockLike, Place, Violation } from "../../sim/machine/events.ts";
import type { EndReason } from "../../sim/machine/machine.ts";
import { Replay, ScheduleDivergence } from "../../sim/machine/schedule.ts";
import { Happening } from "../breakpoints/happening.ts";
import { Breakpoints } from "../breakpoints/manager.ts";
import { messageOf, NotStopped, UserError } from "../errors.ts";
import type { Outgoing } from "../protocol.ts";
import { record } from "../recording/recorder.ts";
import { Filler } from "../time/filler.ts";
import { compare, type Moment, momentKey } from "../time/moment.ts";
import type { ReverseMode } from "../time/reverseStep.ts";
import { Timeline } from "../time/timeline.ts";
import { type Arrival, Travel } from "../time/travel.ts";
import type { Container } from "../variables/container.ts";
import { FrameContainer } from "../variables/frameScopes.ts";
import { HandleTree } from "../variables/handles.ts";
import { type DataBreakpoint, watchData } from "../watchpoints/dataBreakpoints.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Client } from "./client.ts";
import { freeze, freezeOthers, frozenCpus, leaveUserSpace } from "./cpuControl.ts";
import { timeText } from "./cpuView.ts";
import { ExceptionFilters } from "./exceptionFilters.ts";
import { loadKernel, modelCompiler } from "./kernel.ts";
import { type LaunchArguments, modelPath } from "./launchArguments.ts";
import { Locations } from "./locations.ts";
import { OutputQueue } from "./outputQueue.ts";
import { Run, type Step } from "./run.ts";
import { readSchedule } from "./savedSchedule.ts";
import { type Settings, settle } from "./settings.ts";
import { Sources } from "./sources.ts";
import { BEGINNING, stoppedBody, whyBlocked } from "./stopped.ts";
import { tellClient } from "./violations.ts";

/** The teardown of a run gets so long. */
const TEARDOWN_MS = 1_500;

/** Finds where a journey leads. */
export type Journey = (
  travel: Travel,
  now: Moment,
  timeline: Timeline,
  goOn: () => boolean,
) => Promise<Arrival | null> | Arrival | null;

/** How the run goes on until the next stop. */
export interface Resumption {
  /** The other CPUs stand meanwhile. */
  readonly only?: number | undefined;
  /** Stops at the next statement of this CPU. */
  readonly stopOn?: number;
  readonly atStop?: () => void;
}

/** A CPU waits for what a frozen one holds. */
class Blocked {
  readonly cpu: number;
  readonly lock: LockLike;
  constructor(cpu: number, lock: LockLike) {
    this.cpu = cpu;
    this.lock = lock;
  }
}

export class Session {
  client = new Client({ adapterID: "" });
  initialized = false;
  /** `terminated` has been sent: nothing follows. */
  ended = false;
  run: Run | null = null;
  /** The recorded history of the program that runs. */
  timeline: Timeline | null = null;
  stop: StopInfo | null = null;
  /** The violation at which the run stands. */
  violation: Violation | null = null;

  readonly files: Files = { read: readText };
  readonly breakpoints: Breakpoints;
  readonly exceptions: ExceptionFilters;
  readonly tree: HandleTree<Container>;
  readonly locations = new Locations();
  readonly checkpoints = new Checkpoints();
  /** The CPU that the last stop was about. */
  lastCpu = 0;
  readonly #send: (message: Outgoing) => void;
  #kernel: { sources: Sources; slots: ReadonlySet<string> } | null = null;
  #args: LaunchArguments | null = null;
  #settings: Settings | null = null;
  #configured = false;
  #started = false;
  /** A violation that stops the run as soon as a statement is reached. */
  #pending: Violation | null = null;
  /** The run is over, but the client still looks at its last state. */
  #postMortem: EndReason | null = null;
  readonly #outputs: OutputQueue;
  readonly #consoleValues = new Map<string, Container>();

  readonly #kernelUris: boolean;
  /** The journey through the past that is under way. */
  #journey: { over: boolean } | null = null;
  /** The user wants the end: it was asked for, the teardown is under way. */
  #leaving: "no" | "asked" | "under way" = "no";
  /** Moment and CPU of a step's end → the moment of its start: `stepBack` undoes a step exactly. */
  readonly #stepStarts = new Map<string, Moment>();
  #stepping: { cpu: number; from: Moment } | null = null;
  /** CPUs that stand until the next stop. */
  #heldMeanwhile: readonly number[] = [];
  #atStop: (() => void) | null = null;
  readonly #filler = new Filler(() => this.#idleTimeline());

  /** `kernelUris`: the client opens the kernel's sources by URIs of the scheme `linux`. */
  constructor(send: (message: Outgoing) => void, { kernelUris = false } = {}) {
    this.#send = send;
    this.#kernelUris = kernelUris;
    this.#outputs = new OutputQueue((body) => send({ type: "event", event: "output", body }));
    this.breakpoints = new Breakpoints(this);
    this.exceptions = new ExceptionFilters(this.breakpoints.events);
    this.tree = new HandleTree<Container>((key) => this.#topLevel(key));
  }

  get launched(): boolean {
    return this.run !== null;
  }

  get stopped(): boolean {
    return this.stop !== null;
  }

  get sources(): Sources {
    return this.#ofKernel().sources;
  }

  /** Callbacks by which the kernel calls drivers. */
  get slots(): ReadonlySet<string> {
    return this.#ofKernel().slots;
  }

  /** The run, for requests that need one. */
  get live(): Run {
    if (this.run === null) throw new UserError("no program has been launched");
    return this.run;
  }

  event(event: string, body?: unknown): void {
    this.#outputs.flush();
    this.#send({ type: "event", event, ...(body === undefined ? {} : { body }) });
  }

  output(
    category: "console" | "stdout" | "stderr" | "important",
    output: string,
    place?: Place | null,
  ): void {
    const link =
      place === null || place === undefined
        ? {}
        : {
            source: this.sources.ofFile(place.file, this.client),
            line: this.client.line(place.line),
            column: this.client.column(place.column),
          };
    this.#outputs.add({ category, output, ...link });
  }

  /** Compiles the model and boots a machine with it; runs when the client has also configured. */
  launch(args: LaunchArguments): void {
    if (this.run !== null) throw new UserError("the session has launched its program already: use restart");
    const { program, settings } = this.#prepare(args);
    this.#args = args;
    this.#boot(program, settings);
    this.#start();
  }

  configured(): void {
    this.#configured = true;
    this.#start();
  }

  /** A fresh machine with the program as it is on disk now. */
  restart(args: LaunchArguments | undefined): void {
    const wanted = args ?? this.#args;
    if (wanted === null) throw new UserError("nothing has been launched that could be restarted");
    const { program, settings } = this.#prepare(wanted);
    this.#drop();
    this.#args = wanted;
    this.#boot(program, settings);
    this.#started = false;
    this.#start();
  }

  /** Runs on; with a step, until it is done. */
  resume(step?: Step, how: Resumption = {}): void {
    const run = this.live;
    if (this.stop === null) throw new NotStopped();
    this.#arrange(how);
    this.stop = null;
    this.violation = null;
    this.tree.moved();
    this.#filler.stop();
    const { machine } = run;
    if (step !== undefined && machine.cpus[step.cpu] === undefined)
      throw new UserError(`there is no thread ${step.cpu + 1}`);
    if (this.#postMortem !== null) {
      const reason = this.#postMortem;
      setImmediate(() => this.#finish(reason));
      return;
    }
    this.#stepping = step?.mode === "over" ? { cpu: step.cpu, from: run.moment } : null;
    run.resume(this.#history.course(run, step === undefined), step);
    if (how.stopOn !== undefined) machine.debugger.stopSoon("step", undefined, how.stopOn);
  }

  /** Others stand while one CPU runs alone. The past goes as it went, whoever is stepped in it. */
  #arrange({ only, atStop }: Resumption): void {
    this.#atStop = atStop ?? null;
    if (only === undefined || this.stoppedInPast() || this.live.machine.ended !== null) return;
    this.#heldMeanwhile = freezeOthers(this, only);
  }

  /** What was arranged for one resumption is undone. */
  #restore(): void {
    this.#atStop?.();
    this.#atStop = null;
    const held = this.#heldMeanwhile;
    this.#heldMeanwhile = [];
    if (held.length > 0 && this.live.machine.ended === null) freeze(this, held, false);
  }

  pause(): void {
    if (this.#journey !== null) this.#journey.over = true;
    else this.live.pause();
  }

  /** The journey under way ends where it began; false if there is none. */
  cancelJourney(): boolean {
    if (this.#journey === null) return false;
    this.#journey.over = true;
    return true;
  }

  /** Back to where a step forwards began, or the step backwards that leads to the same line. */
  stepBack(cpu: number, mode: ReverseMode): Promise<void> {
    return this.#travel(async (travel, now) => {
      const known = mode === "over" ? this.#stepStarts.get(`${cpu} ${momentKey(now)}`) : undefined;
      const executes = this.live.machine.cpu.id === cpu;
      const moment = known ?? (await travel.stepBack(now, cpu, executes, mode));
      return moment === null ? null : { moment, reason: "step", cpu };
    });
  }

  /** To the statement before which data was accessed last, as one breakpoint sees it. */
  lastAccess(breakpoint: DataBreakpoint): Promise<void> {
    return this.#travel(async (travel, now) => {
      const last = await travel.lastStop(now, (run, found) => {
        const off = watchData(run, [breakpoint]);
        run.machine.debugger.onStop = ({ detail }) => {
          if (detail instanceof Happening)
            found({ moment: detail.before, reason: "goto", detail, cpu: detail.cpu });
          return false;
        };
        return off;
      });
      if (last === null)
        this.output("console", `${breakpoint.target.label}: nobody has touched it so far.\n`);
      return last;
    });
  }

  /** Back to the first statement of a call that has not returned. */
  restartFrame({ cpu, frame }: FrameContainer): Promise<void> {
    const { depth } = frame;
    return this.#travel(async (travel, now) => {
      const moment = await travel.callStart(now, cpu, depth);
      return moment === null ? null : { moment, reason: "goto", cpu };
    });
  }

  /** Log messages of the past that nobody has been told of are told now. */
  tellPast(): Promise<void> {
    const cpu = this.stop?.cpu ?? null;
    return this.#travel(async (travel, now) => {
      this.breakpoints.tellPast = true;
      try {
        await travel.pass(now, (run) => this.#look(run, () => {}));
      } finally {
        this.breakpoints.tellPast = false;
      }
      return { moment: now, reason: "goto", cpu };
    });
  }

  /** To the previous stop of whatever kind. */
  reverseContinue(): Promise<void> {
    return this.#travel((travel, now) => travel.lastStop(now, (run, found) => this.#look(run, found)));
  }

  /** To a moment that `find` names. */
  goTo(find: Journey): Promise<void> {
    return this.#travel(find);
  }

  /** Makes a run note where it would stop. */
  #look(run: Run, found: (arrival: Arrival) => void): () => void {
    const { machine } = run;
    this.breakpoints.equip(run);
    let violation: Violation | null = null;
    const off = machine.on("violation", (event) => {
      if (violation !== null || !this.exceptions.stopsAt(event.violation)) return;
      violation = event.violation;
      machine.debugger.stopSoon("violation", violation);
    });
    machine.debugger.onStop = ({ reason, detail, cpu }) => {
      const moment = { ticks: machine.tickCount, stalls: machine.stallCount };
      found({ moment, reason, detail, cpu, violation });
      violation = null;
      return false;
    };
    return off;
  }

  /** Goes to another moment. Without one, to the beginning; a journey that is ended leads back to where it began. */
  async #travel(find: Journey): Promise<void> {
    const origin = this.live;
    const { stop, violation } = this;
    if (stop === null) throw new NotStopped();
    const timeline = this.#history;
    const journey = { over: false };
    const goOn = (): boolean => !journey.over && !this.ended && this.timeline === timeline;
    this.#journey = journey;
    this.stop = null;
    this.tree.moved();
    this.#filler.stop();
    try {
      timeline.park(origin);
      const found = await find(new Travel(timeline, goOn), origin.moment, timeline, goOn);
      const arrival = found ?? (await this.#beginning(timeline, origin.moment));
      const run = goOn() ? await timeline.reach(arrival.moment, goOn) : null;
      if (this.ended || this.timeline !== timeline) return;
      this.#journey = null;
      if (run === null) {
        const back = await timeline.reach(origin.moment, () => true);
        this.#arrive(back ?? origin, { ...stop, reason: "pause" }, violation);
      } else this.#arrive(run, arrival, arrival.violation ?? null);
    } catch (error) {
      if (this.timeline === timeline) this.#crashed(error);
    } finally {
      if (this.#journey === journey) this.#journey = null;
    }
  }

  /** The first statement of the model, or of the run for who stands there already. */
  async #beginning(timeline: Timeline, now: Moment): Promise<Arrival> {
    const { entry } = timeline;
    const moment = entry !== null && compare(entry, now) < 0 ? entry : { ticks: 1, stalls: 0 };
    return { moment, reason: "entry", detail: BEGINNING, cpu: null };
  }

  #arrive(run: Run, why: Pick<Arrival, "reason" | "detail" | "cpu">, violation: Violation | null): void {
    const cpu = why.cpu ?? run.machine.cpu.id;
    this.run = run;
    this.#history.unpark(run);
    this.breakpoints.equip(run);
    this.#postMortem = run.machine.ended;
    const frame = run.frames(cpu)[0]?.frame ?? null;
    this.#pending = violation;
    this.#stopped({ reason: why.reason, detail: why.detail, cpu, frame, pc: frame?.pc ?? -1 });
  }

  /** The recorded past, for requests that look at it. */
  get history(): Timeline {
    return this.#history;
  }

  get #history(): Timeline {
    if (this.timeline === null) throw new UserError("no program has been launched");
    return this.timeline;
  }

  /** The timeline and the run to prepare for journeys while nobody asks anything. */
  #idleTimeline(): { timeline: Timeline; run: Run } | null {
    const { timeline, run, stop } = this;
    return timeline === null || run === null || stop === null || this.ended ? null : { timeline, run };
  }

  stoppedInPast(): boolean {
    return this.#history.isPast(this.live.moment);
  }

  /** The user does something to the program, as part of its history. */
  intervene(what: string, apply: (run: Run) => void): void {
    const run = this.live;
    if (run.machine.ended !== null) throw new UserError("the run is over: nothing can be changed any more");
    const forked = this.#history.intervene(run, what, apply);
    if (forked === null) return;
    this.breakpoints.forget(forked.end.ticks);
    for (const [key] of this.#stepStarts)
      if (Number(key.split(/[ /]/)[1]) > forked.end.ticks) this.#stepStarts.delete(key);
    const when = `t = ${timeText(run.machine.nowNs)}, tick ${run.machine.pointCount}`;
    this.output(
      "console",
      `The timeline forks at ${when} (${what}): from here on a new future is recorded. The old one is timeline ${forked.parent}.\n`,
    );
    this.event("netdev-lab/forked", {
      timeline: forked.id,
      parent: forked.parent,
      tick: run.machine.pointCount,
    });
  }

  /**
   * User space ends at its next system call, interfaces are closed, the model is unloaded and judged; no stop on the way.
   * Asked a second time, or where nothing can run any more: at once.
   */
  terminate(): void {
    const { run } = this;
    if (
      run === null ||
      !this.#started ||
      this.#leaving !== "no" ||
      run.noDebug ||
      run.machine.ended !== null
    ) {
      this.#finish("halted");
      return;
    }
    this.#leaving = "asked";
    if (this.stop === null) run.pause();
    else this.#leave();
  }

  #leave(): void {
    this.#leaving = "under way";
    const { run } = this;
    setTimeout(() => {
      if (this.ended || this.run !== run) return;
      this.output("console", "The model does not come to an end: it is stopped where it is.\n");
      this.#finish("halted");
    }, TEARDOWN_MS).unref();
    this.output(
      "console",
      "The run is being brought to its end: interfaces are closed, the model is unloaded.\n",
    );
    this.intervene("terminate", leaveUserSpace);
    for (const cpu of frozenCpus(this.live)) freeze(this, [cpu], false);
    this.breakpoints.rest(this.live);
    this.resume();
  }

  /** Ends the run without a word. */
  disconnect(): void {
    this.#drop();
    this.ended = true;
  }

  #drop(): void {
    this.#filler.stop();
    this.run?.discard();
    this.timeline?.discard();
    this.timeline = null;
    this.#journey = null;
    this.#stepStarts.clear();
    this.checkpoints.clear();
    this.#leaving = "no";
  }

  /** Keeps a value of the console, so that the client can expand it. */
  keep(container: Container): number {
    const key = `console:${this.#consoleValues.size}`;
    this.#consoleValues.set(key, container);
    return this.tree.id(0, key, container);
  }

  /** The number of a frame: the same activation has the same one at every stop. */
  frameId(cpu: number, container: FrameContainer): number {
    const { fn, depth } = container.frame;
    return this.tree.id(0, `frame:${cpu}:${depth}:${fn.module.id}:${fn.name}:${fn.range.line}`, container);
  }

  /** The frame that a client means; null if it names none. */
  frame(id: number | undefined): FrameContainer | null {
    if (id === undefined || id === 0) return null;
    const frame = this.tree.get(id);
    if (!(frame instanceof FrameContainer))
      throw new UserError("this frame is gone: the program has moved on");
    return frame;
  }

  #topLevel(key: string): Container | undefined {
    const kept = this.#consoleValues.get(key);
    if (kept !== undefined) return kept;
    const run = this.run;
    const [kind, cpuText, depth] = key.split(":");
    if (kind !== "frame" || run === null) return undefined;
    const cpu = Number(cpuText);
    for (const { frame } of run.frames(cpu)) {
      if (frame.depth !== Number(depth)) continue;
      const { fn } = frame;
      const same = key === `frame:${cpu}:${frame.depth}:${fn.module.id}:${fn.name}:${fn.range.line}`;
      if (same) return new FrameContainer(run, cpu, frame);
    }
    return undefined;
  }

  #ofKernel(): { sources: Sources; slots: ReadonlySet<string> } {
    if (this.#kernel === null) {
      const image = loadKernel();
      this.#kernel = { sources: new Sources(image, this.#kernelUris), slots: image.callbackSlots };
    }
    return this.#kernel;
  }

  #prepare(args: LaunchArguments): { program: Program; settings: Settings } {
    const saved = args.schedule === undefined ? null : readSchedule(args.schedule, this.files);
    const model = saved?.model ?? modelPath(args);
    const text = this.files.read(model);
    if (text === null) throw new UserError(`there is no driver model ${model}`, { show: true });
    const settings = saved?.settings ?? settle(args, model, modelHeader(text).settings);
    const { workload } = settings;
    const image = loadKernel();
    const { program, diagnostics } = prepare({
      model,
      workload,
      files: this.files,
      image,
      compile: modelCompiler(),
    });
    for (const diagnostic of diagnostics) this.#tellDiagnostic(diagnostic);
    if (program === null) throw compileError(diagnostics);
    if (saved !== null && saved.file.programHash !== programHash(program))
      this.output(
        "console",
        "The program has changed since this schedule was recorded: it may not fit any more.\n",
      );
    return { program, settings };
  }

  #tellDiagnostic({ file, line, column, severity, message, code }: InstrumentDiagnostic): void {
    const place: Place = { file, line, column, fn: "", model: true };
    this.output("stderr", `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n`, place);
  }

  #boot(program: Program, settings: Settings): void {
    const args = this.#args!;
    const timeline = new Timeline(() => this.#newRun(program, settings, timeline));
    const run = this.#newRun(program, settings, timeline);
    this.run = run;
    this.timeline = timeline;
    this.#settings = settings;
    this.stop = null;
    this.violation = null;
    this.#pending = null;
    this.#postMortem = null;
    this.#consoleValues.clear();
    this.tree.moved();
    this.breakpoints.attach(run, args.stopOnEntry === true && !run.noDebug);
  }

  /** A fresh boot of the program; it has a voice only while it is the session's run. */
  #newRun(program: Program, settings: Settings, timeline: Timeline): Run {
    const listener = {
      stopped: (stop: StopInfo) => this.run === run && this.#stopped(stop),
      ended: (reason: EndReason) => this.run === run && this.#ended(reason),
      crashed: (error: unknown) => this.run === run && this.#crashed(error),
      passed: () => timeline.sample(run),
    };
    const strategy = settings.decisions === undefined ? undefined : new Replay(settings.decisions);
    const run = new Run(program, settings.config, this.#args!.noDebug === true, listener, strategy);
    run.machine.on("lock-contended", ({ lock, cpu }) => {
      const holder = run.lab.rules.state.locks.holder(lock);
      if (this.run !== run || !run.running || run.machine.cpus[holder?.cpu ?? -1]?.frozen !== true) return;
      run.machine.debugger.stopSoon("stalled", new Blocked(cpu, lock));
    });
    run.machine.on("module-loaded", () => timeline.begins(run));
    if (!run.noDebug) record(run, () => timeline.recordOf(run));
    tellClient(
      this,
      run,
      (n) => this.run === run && run.running && timeline.tells(n),
      (violation) => this.#violated(run, violation),
    );
    return run;
  }

  #start(): void {
    if (this.run === null || this.#started || !this.#configured) return;
    this.#started = true;
    const name = `${this.run.lab.program.model.file}, ${this.run.machine.cpus.length} CPUs`;
    this.event("process", { name, isLocalProcess: false, startMethod: "launch" });
    for (const cpu of this.run.machine.cpus)
      this.event("thread", { reason: "started", threadId: cpu.id + 1 });
    this.run.resume({ interventions: [], end: null });
  }

  #violated(run: Run, violation: Violation): void {
    if (
      run.noDebug ||
      this.#leaving !== "no" ||
      !run.running ||
      this.#pending !== null ||
      !this.exceptions.stopsAt(violation)
    )
      return;
    this.#pending = violation;
    run.machine.debugger.stopSoon("violation", violation);
  }

  #stopped(told: StopInfo): void {
    const blocked = told.detail instanceof Blocked ? told.detail : null;
    const doer = blocked ?? (told.detail instanceof Happening ? told.detail : null);
    const stop = doer === null ? told : { ...told, cpu: doer.cpu };
    const body = stop.reason === "stalled" ? whyBlocked(this.live, stop.cpu, blocked?.lock) : null;
    this.stop = stop;
    this.lastCpu = stop.cpu;
    this.tree.moved();
    // Whatever reason came first: a violation that waits to be shown is the news.
    this.violation = this.#pending;
    this.#pending = null;
    const run = this.live;
    const timeline = this.#history;
    this.#restore();
    try {
      timeline.stands(run);
    } catch (error) {
      this.output("important", `netdev-lab: ${messageOf(error)}\n`);
    }
    if (this.#leaving !== "no") {
      if (this.#leaving === "asked") this.#leave();
      else if (stop.reason === "stalled") this.#finish("halted");
      else this.resume();
      return;
    }
    const step = this.#stepping;
    this.#stepping = null;
    if (step !== null && stop.reason === "step" && stop.cpu === step.cpu)
      this.#stepStarts.set(`${step.cpu} ${momentKey(run.moment)}`, step.from);
    this.event("stopped", stoppedBody(run, stop, this.violation, timeline, body));
    this.#filler.start();
  }

  /** The end; if a violation brought it about, the client may look at the wreck first. */
  #ended(reason: EndReason): void {
    const violation = this.#pending;
    const top = violation === null ? undefined : this.live.frames(violation.cpu)[0]?.frame;
    if (violation === null || top === undefined) {
      this.#finish(reason);
      return;
    }
    this.#postMortem = reason;
    this.#stepping = null;
    this.#stopped({ reason: "violation", cpu: violation.cpu, frame: top, pc: top.pc, detail: violation });
  }

  #crashed(error: unknown): void {
    if (error instanceof ScheduleDivergence) {
      this.output("important", `netdev-lab: ${error.message}\n`);
      this.#conclude(2);
      return;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    this.output("important", `netdev-lab: internal error: ${text}\n`);
    this.#conclude(3);
  }

  #finish(reason: EndReason): void {
    if (this.ended) return;
    if (this.run === null) this.#conclude(0);
    else {
      const found = this.run.lab.rules.violations;
      this.output("console", `${this.#summary(this.run, reason)}\n`);
      this.#conclude(found.some((violation) => violation.severity === "error") ? 1 : 0);
    }
  }

  #conclude(exitCode: number): void {
    if (this.ended) return;
    this.ended = true;
    this.stop = null;
    this.#filler.stop();
    this.run?.discard();
    this.timeline?.discard();
    this.event("exited", { exitCode });
    this.event("terminated");
  }

  #summary(run: Run, reason: EndReason): string {
    const { machine, lab } = run;
    const count = (severity: string): number =>
      lab.rules.violations.filter((violation) => violation.severity === severity).length;
    const found = [count("error"), count("warning"), count("advice")];
    const counted = (["error", "warning", "advice"] as const)
      .map((severity, i) => (found[i] === 0 ? "" : plural(found[i]!, severity)))
      .filter((text) => text !== "");
    const verdict = counted.length === 0 ? "nothing found" : counted.join(", ");
    const how = reason === "finished" ? "finished" : `ended (${reason})`;
    const workload = workloadTitle(this.#settings?.workload ?? "?");
    const settings = `workload ${workload}, ${machine.cpus.length} CPUs, seed ${lab.config.seed}`;
    const length = `${machine.pointCount} ticks, ${timeText(machine.nowNs)} of virtual time`;
    return `Run ${how}: ${verdict}. ${settings}; ${length}; history ${machine.historyHash}.`;
  }
}

/** A file by its name alone. */
function workloadTitle(workload: string): string {
  return workload.slice(workload.lastIndexOf("/") + 1);
}

function plural(n: number, word: string): string {
  return n === 1 || word === "advice" ? `${n} ${word}` : `${n} ${word}s`;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function compileError(diagnostics: readonly InstrumentDiagnostic[]): UserError {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const first = errors[0];
  if (first === undefined) return new UserError("the model does not compile", { show: true });
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see the Debug Console)` : "";
  return new UserError(`${first.file}:${first.line}:${first.column}: ${first.message}${more}`, {
    show: true,
  });
}
