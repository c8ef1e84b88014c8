/** All breakpoints of a session: kept between runs, bound at once when they are set, armed in the machine. */
import { compile } from "../../sim/instrument/index.ts";
import type { CompiledModule } from "../../sim/instrument/monitor.ts";
import type { Hit, Verdict } from "../../sim/machine/debugger.ts";
import { messageOf } from "../errors.ts";
import type { Dap } from "../protocol.ts";
import { contextNameOf, timeText } from "../session/cpuView.ts";
import type { Run } from "../session/run.ts";
import type { Session } from "../session/session.ts";
import { DataBreakpoints } from "../watchpoints/dataBreakpoints.ts";
import { bindToLine, bindToName, failed } from "./bind.ts";
import { type Outcome, PASS } from "./breakpoint.ts";
import { EventBreakpoints } from "./eventBreakpoints.ts";
import { type Binding, UserBreakpoint } from "./userBreakpoint.ts";

interface Armed {
  readonly breakpoint: UserBreakpoint;
  readonly reached: (hit: Hit) => Outcome;
}

const NOBODY: readonly Armed[] = [];

export class Breakpoints {
  readonly data = new DataBreakpoints();
  readonly events = new EventBreakpoints();
  readonly #session: Session;
  /** By file: of the user its path, of the kernel its name in the image. */
  readonly #bySource = new Map<string, UserBreakpoint[]>();
  #functions: UserBreakpoint[] = [];
  /** What is armed in each run: by module, then by pc. */
  readonly #armed = new WeakMap<Run, Map<CompiledModule, Armed[][]>>();
  /** Callback slots whose functions were seen, so that each is armed once. */
  readonly #seenSlots = new Set<string>();
  #entry = false;
  #nextId = 1;
  /** Log messages are told of a search over the past too. */
  tellPast = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Replaces the breakpoints of one source. */
  setSource(source: Dap.Source, specs: readonly Dap.SourceBreakpoint[]): UserBreakpoint[] {
    const { sources, client } = this.#session;
    const module = sources.kernelModule(source);
    const file = module?.file ?? client.ourPath(source.path ?? source.name ?? "");
    const old = this.#bySource.get(file) ?? [];
    const breakpoints = specs.map((spec) => this.#keepOrMake(old, "source", spec));
    this.#bySource.set(file, breakpoints);
    for (const breakpoint of breakpoints) this.#bindSource(file, breakpoint);
    this.#arm();
    return breakpoints;
  }

  setFunctions(specs: readonly Dap.FunctionBreakpoint[]): UserBreakpoint[] {
    this.#functions = specs.map((spec) => this.#keepOrMake(this.#functions, "function", spec));
    for (const breakpoint of this.#functions) this.#bindFunction(breakpoint);
    this.#seenSlots.clear();
    this.#arm();
    return this.#functions;
  }

  setData(specs: readonly Dap.DataBreakpoint[]): Dap.Breakpoint[] {
    const { run, stopped } = this.#session;
    const from = run !== null && stopped ? run.machine.tickCount : null;
    const answers = this.data.set(specs, () => this.newId(), from);
    if (run !== null) this.data.equip(run);
    return answers;
  }

  /** Numbers of breakpoints of all kinds. */
  newId(): number {
    return this.#nextId++;
  }

  /** The module behind a source: of the run, or compiled for this purpose. Null if there is none. */
  module(source: Dap.Source): CompiledModule | null {
    const { sources, client } = this.#session;
    const file = sources.kernelModule(source)?.file ?? client.ourPath(source.path ?? "");
    const module = this.#moduleFor(file);
    return typeof module === "string" ? null : module;
  }

  /** A new run: everything is bound to its modules; the client is told what changed. */
  attach(run: Run, stopOnEntry: boolean): void {
    this.#entry = stopOnEntry;
    this.#seenSlots.clear();
    this.data.reset();
    for (const [file, list] of this.#bySource)
      for (const breakpoint of list) this.#rebind(breakpoint, () => this.#bindSource(file, breakpoint));
    for (const breakpoint of this.#functions) this.#rebind(breakpoint, () => this.#bindFunction(breakpoint));
    this.equip(run);
  }

  /** Makes a run of the same program stop where the user wants. */
  equip(run: Run): void {
    this.#arm(run);
    this.data.equip(run);
    this.events.equip(run);
    run.machine.debugger.onBreakpoint = (hit) => this.#hit(run, hit);
    run.machine.debugger.onSlot = (slot, fn) => this.#slot(run, slot, fn);
  }

  /** The run stops at nothing any more. */
  rest(run: Run): void {
    this.#disarm(run);
    this.data.rest(run);
    this.events.rest(run);
    run.machine.debugger.onBreakpoint = null;
    run.machine.debugger.onSlot = null;
  }

  #disarm(run: Run): void {
    for (const module of this.#armed.get(run)?.keys() ?? []) run.lab.modules.get(module)?.breakpoints.fill(0);
    this.#armed.set(run, new Map());
  }

  /** Hits after this statement will not come again as they were. */
  forget(ticks: number): void {
    for (const { action } of this.#all()) action.forget(ticks);
    this.data.forget(ticks);
  }

  /** As the client gets to see it. */
  describe(breakpoint: UserBreakpoint): Dap.Breakpoint {
    const { sources, client } = this.#session;
    const { verified, message, module, range } = breakpoint.binding;
    return {
      id: breakpoint.id,
      verified,
      ...(message === undefined ? {} : { message }),
      ...(module === undefined ? {} : { source: sources.of(module, client) }),
      ...(range === undefined
        ? {}
        : {
            line: client.line(range.line),
            column: client.column(range.column),
            endLine: client.line(range.endLine),
            endColumn: client.column(range.endColumn),
          }),
    };
  }

  #keepOrMake(
    old: readonly UserBreakpoint[],
    kind: "source" | "function",
    spec: Dap.SourceBreakpoint | Dap.FunctionBreakpoint,
  ): UserBreakpoint {
    const kept = old.find((breakpoint) => breakpoint.isFor(spec));
    if (kept !== undefined) return kept;
    const breakpoint = new UserBreakpoint(this.newId(), kind, spec, this.#session.stop?.cpu ?? 0);
    if (this.#session.stopped) breakpoint.action.countFrom(this.#session.live.machine.tickCount);
    return breakpoint;
  }

  #bindSource(file: string, breakpoint: UserBreakpoint): void {
    const spec = breakpoint.spec as Dap.SourceBreakpoint;
    const { client } = this.#session;
    const module = this.#moduleFor(file);
    const line = client.ourLine(spec.line);
    const column = spec.column === undefined ? undefined : client.ourColumn(spec.column);
    if (typeof module === "string") breakpoint.binding = failed(module);
    else breakpoint.binding = this.#checked(breakpoint, bindToLine(module, line, column));
  }

  #bindFunction(breakpoint: UserBreakpoint): void {
    const { name } = breakpoint.spec as Dap.FunctionBreakpoint;
    const { run, sources, slots } = this.#session;
    const modules = run === null ? sources.kernelModules : run.lab.modules.keys();
    const binding = bindToName(modules, name, slots, (module) => sources.isKernel(module));
    if (run === null && !binding.verified)
      breakpoint.binding = { ...binding, message: `${name} will be looked for when the model is loaded` };
    else breakpoint.binding = this.#checked(breakpoint, binding);
  }

  /** The module of a file: of the run if there is one, else compiled for this purpose; or why there is none. */
  #moduleFor(file: string): CompiledModule | string {
    const { run, sources, files } = this.#session;
    const kernel = sources.kernelModules.find((module) => module.file === file);
    if (run !== null) {
      for (const module of run.lab.modules.keys()) if (module.file === file) return module;
      if (kernel !== undefined) return "this part of the kernel is not used by the model";
      return `this file is not part of the program: ${run.lab.program.model.file} does not import it`;
    }
    if (kernel !== undefined) return kernel;
    const text = files.read(file);
    return text === null ? `there is no file ${file}` : compile(text, { id: file, file, points: "accesses" });
  }

  /** The binding, unless condition, hit condition or log message cannot work there. */
  #checked(breakpoint: UserBreakpoint, binding: Binding): Binding {
    const { problem } = breakpoint.action;
    if (problem !== null) return { ...binding, verified: false, message: problem, targets: [] };
    const { run } = this.#session;
    const target = binding.targets[0];
    if (run === null || target === undefined) return binding;
    try {
      breakpoint.action.at(run, target.module, target.pc);
      return binding;
    } catch (error) {
      return { ...binding, verified: false, message: messageOf(error), targets: [] };
    }
  }

  #rebind(breakpoint: UserBreakpoint, bind: () => void): void {
    breakpoint.action.reset();
    const before = JSON.stringify(this.describe(breakpoint));
    bind();
    const after = this.describe(breakpoint);
    if (JSON.stringify(after) !== before)
      this.#session.event("breakpoint", { reason: "changed", breakpoint: after });
  }

  *#all(): Generator<UserBreakpoint> {
    for (const list of this.#bySource.values()) yield* list;
    yield* this.#functions;
  }

  /** Makes the machine stop at exactly the places that are wanted now. */
  #arm(run = this.#session.run): void {
    if (run === null || run.noDebug) return;
    this.#disarm(run);
    for (const breakpoint of this.#all())
      for (const { module, pc } of breakpoint.binding.targets) this.#armAt(run, breakpoint, module, pc);
    if (this.#entry) this.#armEntry(run);
  }

  #armAt(run: Run, breakpoint: UserBreakpoint, module: CompiledModule, pc: number): void {
    try {
      this.#armed1(run, module, pc).push({ breakpoint, reached: breakpoint.action.at(run, module, pc) });
    } catch {
      // A condition that fits one function of that name need not fit another.
    }
  }

  #armed1(run: Run, module: CompiledModule, pc: number): Armed[] {
    const armed = this.#armed.get(run)!;
    const byPc = armed.get(module) ?? [];
    armed.set(module, byPc);
    const list = byPc[pc] ?? [];
    byPc[pc] = list;
    const bytes = run.lab.modules.get(module)?.breakpoints;
    if (bytes !== undefined) bytes[pc] = 1;
    return list;
  }

  /** Stop on entry: at the first statement of whichever function of the model is called first. */
  #armEntry(run: Run): void {
    for (const module of run.lab.program.modelModules)
      for (const fn of module.functions)
        if (fn.firstPc >= 0 && fn.name !== "(module)") this.#armed1(run, module, fn.firstPc);
  }

  #hit(run: Run, hit: Hit): Verdict {
    const entry = this.#entry && run.lab.program.modelModules.includes(hit.frame.fn.module);
    if (entry) {
      this.#entry = false;
      this.#arm(run);
    }
    let stopping: UserBreakpoint[] | null = null;
    const armed = this.#armed.get(run)?.get(hit.frame.fn.module)?.[hit.pc] ?? NOBODY;
    for (let i = 0; i < armed.length; i++) {
      const { breakpoint, reached } = armed[i]!;
      if (!breakpoint.allows(hit)) continue;
      const outcome = reached(hit);
      if (outcome === PASS || outcome.kind === "pass") continue;
      if (outcome.kind === "log") {
        if (!run.running && !this.tellPast) continue;
        outcome.told();
        this.#log(run, hit, outcome.text);
        continue;
      }
      stopping = [...(stopping ?? []), breakpoint];
      if (outcome.problem !== undefined && run.running)
        this.#session.output("stderr", `${outcome.problem}\n`, run.placeAt(hit.frame, hit.pc));
    }
    if (stopping !== null) {
      const byFunction = stopping.every((breakpoint) => breakpoint.kind === "function");
      const ids = stopping.map((breakpoint) => breakpoint.id);
      return { reason: byFunction ? "function breakpoint" : "breakpoint", detail: ids };
    }
    return entry ? { reason: "entry" } : null;
  }

  #log(run: Run, hit: Hit, text: string): void {
    const time = this.tellPast ? `${timeText(run.machine.nowNs)} ` : "";
    const line = `[${time}CPU ${hit.cpu} ${contextNameOf(run, hit.cpu)}] ${text}\n`;
    this.#session.output("console", line, run.placeAt(hit.frame, hit.pc));
  }

  /** A callback is about to be called: function breakpoints may name its slot. True: stop in it. */
  #slot(run: Run, slot: string, fn: unknown): boolean {
    const wanted = this.#functions.filter(
      ({ spec, action, binding }) => action.problem === null && binding.slot === slot && "name" in spec,
    );
    if (wanted.length === 0 || run.noDebug) return false;
    const name = typeof fn === "function" ? fn.name : "";
    const key = `${slot} ${name}`;
    if (this.#seenSlots.has(key)) return false;
    const target = run.functionNamed(name);
    if (target === null) return true;
    this.#seenSlots.add(key);
    for (const breakpoint of wanted) this.#learn(run, breakpoint, target);
    return false;
  }

  /** A function turned out to be what the breakpoint means. */
  #learn(run: Run, breakpoint: UserBreakpoint, target: { module: CompiledModule; pc: number }): void {
    if (breakpoint.binding.targets.some(({ module, pc }) => module === target.module && pc === target.pc))
      return;
    const { binding } = breakpoint;
    breakpoint.binding = this.#checked(breakpoint, {
      ...binding,
      verified: true,
      module: binding.module ?? target.module,
      range: binding.range ?? target.module.pcs[target.pc]!,
      targets: [...binding.targets, target],
    });
    this.#armAt(run, breakpoint, target.module, target.pc);
    this.#session.event("breakpoint", { reason: "changed", breakpoint: this.describe(breakpoint) });
  }
}
