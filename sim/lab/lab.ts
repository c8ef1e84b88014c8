/** One boot of the simulated system with a model and a workload: machine, kernel, user space and rules, put together. */

import { nicModel } from "../hardware/catalogue.ts";
import { hardwareModule } from "../hardware/host-module.ts";
import { Platform } from "../hardware/platform.ts";
import {
  type CompiledModule,
  call,
  type LoadedModule,
  link,
  type Resumable,
  resumable,
} from "../instrument/index.ts";
import { hostModule } from "../machine/host-module.ts";
import { Machine, type MachineConfig, type RunState } from "../machine/machine.ts";
import { FixedOrder, RandomWalk, type Strategy } from "../machine/schedule.ts";
import { RULES } from "../rules/catalogue.ts";
import { RuleEngine } from "../rules/engine.ts";
import { RaceDetector } from "../rules/race/detector.ts";
import { CardOrder } from "../rules/weak/card-order.ts";
import { type BootImage, BootRecorder } from "./boot-image.ts";
import type { LabConfig } from "./config.ts";
import { isHostModule, type Program } from "./program.ts";

export interface LabOptions {
  /** Draws the decisions instead of what `config.strategy` names (a replay, an exploration). */
  readonly strategy?: Strategy;
  /** Judge the run by the rules; true unless a measurement wants the bare machine. */
  readonly rules?: boolean;
}

export interface LabSettings extends LabOptions {
  /** Boot once, and let later runs begin where the boot ended; for many runs of one program. Default: each run boots. */
  readonly bootOnce?: boolean;
}

const MAIN = "workload/main.ts";
/** Locks and interrupt flags are taken for somebody: these files never are the place of interest. */
const HELPERS = ["bh", "irqflags", "mutex", "preempt", "rwlock", "sched", "semaphore", "spinlock", "wait"]
  .map((name) => `kernel/kernel/${name}.ts`)
  .concat("kernel/net/core/rtnl.ts");

export class Lab {
  readonly program: Program;
  config: LabConfig;
  readonly machine: Machine;
  rules!: RuleEngine;
  /** The cards of this boot. */
  hardware!: Platform;
  /** Loaded modules by their compiled form. */
  readonly modules = new Map<CompiledModule, LoadedModule>();
  readonly #kernelClasses = new WeakMap<object, boolean>();
  #bootOnce: boolean;
  #booted: BootImage | null = null;

  constructor(program: Program, config: LabConfig, options: LabSettings = {}) {
    this.#bootOnce = options.bootOnce === true;
    this.program = program;
    this.config = config;
    this.machine = new Machine(machineConfig(config, options));
    for (const module of program.modelModules) this.machine.places.modelModules.add(module);
    for (const id of HELPERS) this.machine.places.helperModules.add(program.image.modules.get(id)!);
    this.#load();
    this.#boot(options);
  }

  /** Another run of the same program, from the beginning, as a new lab would do it; nothing is compiled or linked again. */
  restart(
    config: Pick<LabConfig, "cpus" | "seed" | "maxTicks" | "strategy">,
    options: LabOptions = {},
  ): void {
    const { cpus, seed } = this.config;
    this.config = { ...this.config, ...config };
    if (cpus !== this.config.cpus || seed !== this.config.seed) this.#booted = null;
    this.machine.powerOn(machineConfig(this.config, options), this.#booted?.state.table);
    this.#boot(options);
  }

  #boot(options: LabOptions): void {
    const { nic, nics, irq, weak } = this.config;
    const memory = weak ? this.machine.weaken((object) => this.#ofKernel(object)) : null;
    this.hardware = new Platform(this.machine, { nic: nicModel(nic), nics, msi: irq === "msi", weak });
    const rules = options.rules === false ? [] : RULES;
    this.rules = new RuleEngine(this.machine, { advice: this.config.advice }, rules);
    if (options.rules !== false) this.machine.watchFreedBytes();
    if (memory !== null && options.rules !== false) new CardOrder(this.machine, memory);
    if (this.config.races && options.rules !== false) this.#watchRaces();
    this.machine.mainTask = this.machine.createTask(
      "init",
      resumable(noNative(), () => this.#main()),
      null,
      { cpu: 0 },
    );
  }

  #watchRaces(): void {
    const { state } = this.rules;
    new RaceDetector(this.machine, state, {
      kernelObject: (object) => this.#ofKernel(object),
      lockName: (lock) => state.lockName(lock),
    });
  }

  /** Is it an instance of one of the kernel's classes? */
  #ofKernel(object: object): boolean {
    const made = object.constructor;
    if (made === Object || made === Array || made === ArrayBuffer) return false;
    let known = this.#kernelClasses.get(made);
    if (known === undefined) {
      known = this.#exportedByKernel(made);
      this.#kernelClasses.set(made, known);
    }
    return known;
  }

  #exportedByKernel(made: unknown): boolean {
    for (const [compiled, module] of this.modules)
      if (!this.machine.places.modelModules.has(compiled))
        for (const name of compiled.exports) if (module.exports[name] === made) return true;
    return false;
  }

  /** Runs about `ticks` statements. */
  run(ticks: number): RunState {
    return this.machine.run(ticks);
  }

  /** Runs to the end. */
  runToEnd(): RunState {
    for (;;) {
      const state = this.machine.run(1 << 26);
      if (state.kind !== "slice") return state;
    }
  }

  #load(): void {
    const { program, machine } = this;
    const hosts: Record<string, Record<string, unknown>> = {
      machine: hostModule(machine),
      lab: this.#labModule(),
      hardware: hardwareModule(() => this.hardware),
    };
    const main = program.image.modules.get(MAIN);
    if (main === undefined) throw new Error(`the kernel image has no ${MAIN}`);
    const { modules } = link(reachable(program, [main, program.workload, ...program.modelModules]), machine, {
      resolve: (specifier, from) => program.resolve(from, specifier)?.id ?? null,
      host: (specifier) => (isHostModule(specifier) ? hosts[specifier] : undefined),
    });
    for (const module of modules) this.modules.set(module.compiled, module);
  }

  /** Has this lab an image from which runs begin? */
  get bootRemembered(): boolean {
    return this.#booted !== null;
  }

  /**
   * The first task: initialises kernel and user space while it is alone, then plays user space. The model's files are
   * initialised by insmod.
   */
  *#main(): Resumable<void> {
    const { clock } = this.machine;
    const main = this.modules.get(this.program.image.modules.get(MAIN)!)!;
    clock.runAlone();
    if (this.#booted === null || !this.#booted.restore(this)) yield* this.#bootKernel(main);
    yield* this.#evaluate(this.program.workloadModules);
    clock.share();
    yield* call(main.exports.init as never, undefined, []);
  }

  *#bootKernel(main: LoadedModule): Resumable<void> {
    const users = new Set([...this.program.modelModules, ...this.program.workloadModules]);
    const modules = [...this.modules.values()].filter((module) => !users.has(module.compiled));
    const recorder = this.#bootOnce
      ? new BootRecorder({ machine: this.machine, hardware: this.hardware, modules })
      : null;
    for (const module of modules) yield* module.init();
    yield* call(main.exports.boot as never, undefined, []);
    if (recorder === null) return;
    this.#booted = recorder.finish();
    if (this.#booted === null) this.#bootOnce = false;
  }

  /** Evaluates files of the user, in the order in which they need each other. */
  *#evaluate(files: readonly CompiledModule[]): Resumable<void> {
    const wanted = new Set(files);
    for (const module of this.modules.values()) if (wanted.has(module.compiled)) yield* module.init();
  }

  #labModule(): Record<string, unknown> {
    const { program, config } = this;
    const { nic, nics, irq, kernel, weak, backlog, faults, params } = config;
    return {
      model_name: baseName(program.model.file),
      workload_name: program.workloadName,
      evaluate_model: resumable(noNative(), () => this.#evaluate(program.modelModules)),
      workload_main: () => this.modules.get(program.workload)!.exports.default,
      settings: { nic, nics, irq, kernel, weak, backlog, faults, params },
    };
  }
}

function machineConfig(config: LabConfig, options: LabOptions): MachineConfig {
  const { cpus, seed, maxTicks } = config;
  const strategy =
    options.strategy ?? (config.strategy === "fixed" ? new FixedOrder() : new RandomWalk(seed));
  return { cpus, seed, maxTicks, strategy };
}

/** The modules that `roots` need, directly and through others. */
function reachable(program: Program, roots: readonly CompiledModule[]): CompiledModule[] {
  const found = new Set(roots);
  for (const module of found) {
    for (const specifier of module.imports) {
      const next = isHostModule(specifier) ? null : program.resolve(module, specifier);
      if (next !== null) found.add(next);
    }
  }
  return [...found];
}

/** A function of its own each time: its resumable twin hangs on it. */
function noNative(): () => void {
  return () => {
    throw new Error("called by native code");
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.ts$/, "");
}
