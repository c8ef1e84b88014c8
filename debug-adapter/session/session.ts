/** One debug session: what the client asked for, and the run that it is about. Requests work on this. */
import type { Files } from "../../sim/lab/files.ts";
import type { StopInfo } from "../../sim/machine/debugger.ts";
import type { Place, Violation } from "../../sim/machine/events.ts";
import type { EndReason } from "../../sim/machine/machine.ts";
import { ScheduleDivergence } from "../../sim/machine/schedule.ts";
import { Happening } from "../breakpoints/happening.ts";
import { Breakpoints } from "../breakpoints/manager.ts";
import { messageOf, NotStopped, UserError } from "../errors.ts";
import { platform } from "../platform/platform.ts";
import type { Outgoing } from "../protocol.ts";
import { Filler, type Work } from "../time/filler.ts";
import { Journeys } from "../time/journeys.ts";
import { Timeline } from "../time/timeline.ts";
import type { Arrival } from "../time/travel.ts";
import { Blocked, bootRun } from "./boot.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Client } from "./client.ts";
import { timeText } from "./cpuView.ts";
import { ExceptionFilters } from "./exceptionFilters.ts";
import { Farewell } from "./farewell.ts";
import { FrameNumbers } from "./frameNumbers.ts";
import { loadKernel } from "./kernel.ts";
import type { LaunchArguments } from "./launchArguments.ts";
import { Locations } from "./locations.ts";
import { Meanwhile, type Resumption } from "./meanwhile.ts";
import { OutputQueue } from "./outputQueue.ts";
import { type Prepared, prepareProgram } from "./preparation.ts";
import type { Run, Step } from "./run.ts";
import { Sources } from "./sources.ts";
import { stoppedBody, whyBlocked } from "./stopped.ts";
import { summary } from "./summary.ts";

export class Session {
  client = new Client({ adapterID: "" });
  initialized = false;
  /** The program runs, or has run. */
  started = false;
  /** `terminated` has been sent: nothing follows. */
  ended = false;
  run: Run | null = null;
  /** The recorded history of the program that runs. */
  timeline: Timeline | null = null;
  stop: StopInfo | null = null;
  /** The violation at which the run stands. */
  violation: Violation | null = null;
  /** The CPU that the last stop was about. */
  lastCpu = 0;
  /** Number of the request that is being seen to. */
  asking: number | null = null;

  readonly files: Files = { read: (path) => platform().readText(path) };
  readonly breakpoints: Breakpoints;
  readonly exceptions: ExceptionFilters;
  readonly frames = new FrameNumbers(() => this.run);
  readonly locations = new Locations();
  readonly checkpoints = new Checkpoints();
  readonly journeys = new Journeys(this);
  readonly #send: (message: Outgoing) => void;
  readonly #outputs: OutputQueue;
  readonly #kernelUris: boolean;
  readonly #farewell = new Farewell(this);
  readonly #meanwhile = new Meanwhile(this);
  readonly #filler = new Filler(() => this.#idleWork());
  #kernel: { sources: Sources; slots: ReadonlySet<string> } | null = null;
  #args: LaunchArguments | null = null;
  #prepared: Prepared | null = null;
  #configured = false;
  /** A violation that stops the run as soon as a statement is reached. */
  #pending: Violation | null = null;
  /** The run is over, but the client still looks at its last state. */
  #postMortem: EndReason | null = null;

  /** `kernelUris`: the client opens the kernel's sources by URIs of the scheme `linux`. */
  constructor(send: (message: Outgoing) => void, { kernelUris = false } = {}) {
    this.#send = send;
    this.#kernelUris = kernelUris;
    this.#outputs = new OutputQueue((body) => send({ type: "event", event: "output", body }));
    this.breakpoints = new Breakpoints(this);
    this.exceptions = new ExceptionFilters(this.breakpoints.events);
  }

  get launched(): boolean {
    return this.run !== null;
  }

  get stopped(): boolean {
    return this.stop !== null;
  }

  get tree(): FrameNumbers["tree"] {
    return this.frames.tree;
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

  /** The recorded past, for requests that look at it. */
  get history(): Timeline {
    if (this.timeline === null) throw new UserError("no program has been launched");
    return this.timeline;
  }

  stoppedInPast(): boolean {
    return this.history.isPast(this.live.moment);
  }

  // ---- what the client is told -------------------------------------------------------------------------------

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

  // ---- the program -------------------------------------------------------------------------------------------

  /** Compiles the model and boots a machine with it; runs when the client has also configured. */
  launch(args: LaunchArguments): void {
    if (this.run !== null) throw new UserError("the session has launched its program already: use restart");
    const prepared = this.#prepare(args);
    this.#args = args;
    this.#boot(prepared, args);
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
    const prepared = this.#prepare(wanted);
    this.#drop();
    this.#args = wanted;
    this.#boot(prepared, wanted);
    this.started = false;
    this.#start();
  }

  #prepare(args: LaunchArguments): Prepared {
    return prepareProgram(args, this.files, (category, text, place) => this.output(category, text, place));
  }

  #boot(prepared: Prepared, args: LaunchArguments): void {
    const noDebug = args.noDebug === true;
    const timeline: Timeline = new Timeline(() => bootRun(this, prepared, noDebug, timeline));
    const run = bootRun(this, prepared, noDebug, timeline);
    this.run = run;
    this.timeline = timeline;
    this.#prepared = prepared;
    this.stop = null;
    this.violation = null;
    this.#pending = null;
    this.#postMortem = null;
    this.frames.clear();
    this.breakpoints.attach(run, args.stopOnEntry === true && !noDebug);
  }

  #start(): void {
    if (this.run === null || this.started || !this.#configured) return;
    this.started = true;
    const name = `${this.run.lab.program.model.file}, ${this.run.machine.cpus.length} CPUs`;
    this.event("process", { name, isLocalProcess: false, startMethod: "launch" });
    for (const cpu of this.run.machine.cpus)
      this.event("thread", { reason: "started", threadId: cpu.id + 1 });
    this.run.resume({ interventions: [], end: null });
  }

  #drop(): void {
    this.#filler.stop();
    this.run?.discard();
    this.timeline?.discard();
    this.timeline = null;
    this.journeys.clear();
    this.checkpoints.clear();
    this.#farewell.clear();
    this.#meanwhile.clear();
  }

  // ---- going on ----------------------------------------------------------------------------------------------

  /** Runs on; with a step, until it is done. */
  resume(step?: Step, how: Resumption = {}): void {
    const run = this.live;
    if (this.stop === null) throw new NotStopped();
    const { machine } = run;
    if (step !== undefined && machine.cpus[step.cpu] === undefined)
      throw new UserError(`there is no thread ${step.cpu + 1}`);
    this.#meanwhile.arrange(how);
    this.#leaveStop();
    if (this.#postMortem !== null) {
      const reason = this.#postMortem;
      platform().soon(() => this.finish(reason));
      return;
    }
    this.journeys.stepStarts.begins(step, run.moment);
    run.resume(this.history.course(run, step === undefined), step);
    if (how.stopOn !== undefined) machine.debugger.stopSoon("step", undefined, how.stopOn);
  }

  #leaveStop(): void {
    this.stop = null;
    this.violation = null;
    this.tree.moved();
    this.#filler.stop();
  }

  pause(): void {
    if (!this.journeys.cancel()) this.live.pause();
  }

  /** A journey through the past begins: where it leaves from. Throws NotStopped. */
  departs(): { run: Run; stop: StopInfo; violation: Violation | null } {
    const { live: run, stop, violation } = this;
    if (stop === null) throw new NotStopped();
    this.#leaveStop();
    return { run, stop, violation };
  }

  /** A journey through the past is over: this is the session's run now. */
  arrives(run: Run, why: Pick<Arrival, "reason" | "detail" | "cpu">, violation: Violation | null): void {
    const cpu = why.cpu ?? run.machine.cpu.id;
    this.run = run;
    this.history.unpark(run);
    this.breakpoints.equip(run);
    this.#postMortem = run.machine.ended;
    const frame = run.frames(cpu)[0]?.frame ?? null;
    this.#pending = violation;
    this.stands({ reason: why.reason, detail: why.detail, cpu, frame, pc: frame?.pc ?? -1 });
  }

  /** What makes a run stop has changed: what is known of earlier stops holds no more. */
  stopsChanged(): void {
    if (this.timeline === null) return;
    this.timeline.seen = this.timeline.seen.withoutStops();
    if (this.stopped) this.#filler.start();
  }

  /** What is to be prepared for journeys while nobody asks anything. */
  #idleWork(): Work | null {
    const { timeline, run, stop } = this;
    if (timeline === null || run === null || stop === null || this.ended) return null;
    return { timeline, run, look: this.journeys.look };
  }

  /** The user does something to the program, as part of its history. */
  intervene(what: string, apply: (run: Run) => void): void {
    const run = this.live;
    if (run.machine.ended !== null) throw new UserError("the run is over: nothing can be changed any more");
    const forked = this.history.intervene(run, what, apply);
    if (forked === null) return;
    this.breakpoints.forget(forked.end.ticks);
    this.journeys.stepStarts.forgetAfter(forked.end);
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

  // ---- what a run tells --------------------------------------------------------------------------------------

  /** A rule was broken: the run stops, if the user wants that. */
  violated(run: Run, violation: Violation): void {
    if (run.noDebug || this.#farewell.underWay || !run.running || this.#pending !== null) return;
    if (!this.exceptions.stopsAt(violation)) return;
    this.#pending = violation;
    run.machine.debugger.stopSoon("violation", violation);
  }

  /** The session's run stands still. */
  stands(told: StopInfo): void {
    const blocked = told.detail instanceof Blocked ? told.detail : null;
    const doer = blocked ?? (told.detail instanceof Happening ? told.detail : null);
    const stop = doer === null ? told : { ...told, cpu: doer.cpu };
    const run = this.live;
    const body = stop.reason === "stalled" ? whyBlocked(run, stop.cpu, blocked?.lock) : null;
    this.stop = stop;
    this.lastCpu = stop.cpu;
    this.tree.moved();
    // Whatever reason came first: a violation that waits to be shown is the news.
    this.violation = this.#pending;
    this.#pending = null;
    const timeline = this.history;
    this.#meanwhile.restore();
    try {
      timeline.stands(run);
    } catch (error) {
      this.output("important", `netdev-lab: ${messageOf(error)}\n`);
    }
    if (this.#farewell.sees(stop)) return;
    this.journeys.stepStarts.ends(stop, run.moment);
    this.event("stopped", stoppedBody(run, stop, this.violation, timeline, body));
    this.#filler.start();
  }

  /** The session's run is over; if a violation brought that about, the client may look at the wreck first. */
  runEnded(reason: EndReason): void {
    const violation = this.#pending;
    const top = violation === null ? undefined : this.live.frames(violation.cpu)[0]?.frame;
    if (violation === null || top === undefined) {
      this.finish(reason);
      return;
    }
    this.#postMortem = reason;
    this.stands({ reason: "violation", cpu: violation.cpu, frame: top, pc: top.pc, detail: violation });
  }

  // ---- the end -----------------------------------------------------------------------------------------------

  terminate(): void {
    this.#farewell.ask();
  }

  /** Ends the run without a word. */
  disconnect(): void {
    this.#drop();
    this.ended = true;
  }

  /** The machine or the debugger itself failed. */
  crashed(error: unknown): void {
    if (error instanceof ScheduleDivergence) {
      this.output("important", `netdev-lab: ${error.message}\n`);
      this.#conclude(2);
      return;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    this.output("important", `netdev-lab: internal error: ${text}\n`);
    this.#conclude(3);
  }

  finish(reason: EndReason): void {
    if (this.ended) return;
    if (this.run === null) this.#conclude(0);
    else {
      const found = this.run.lab.rules.violations;
      this.output("console", `${summary(this.run, reason, this.#prepared?.settings.workload ?? "?")}\n`);
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

  #ofKernel(): { sources: Sources; slots: ReadonlySet<string> } {
    if (this.#kernel === null) {
      const image = loadKernel();
      this.#kernel = { sources: new Sources(image, this.#kernelUris), slots: image.callbackSlots };
    }
    return this.#kernel;
  }
}
