/** For tests of the kernel itself: boots it and runs a program, given as text, as its first process. */

import { nicModel } from "../../sim/hardware/catalogue.ts";
import { hardwareModule } from "../../sim/hardware/host-module.ts";
import { Platform } from "../../sim/hardware/platform.ts";
import { call, compile, link, resumable } from "../../sim/instrument/index.ts";
import type { CompiledModule, Resumable } from "../../sim/instrument/monitor.ts";
import { resolvePath } from "../../sim/lab/files.ts";
import { headerId } from "../../sim/lab/kernel-image.ts";
import type { EventOf, EventType, Stamped } from "../../sim/machine/events.ts";
import { hostModule } from "../../sim/machine/host-module.ts";
import { Machine, type RunState } from "../../sim/machine/machine.ts";
import { FixedOrder, RandomWalk } from "../../sim/machine/schedule.ts";
import { image } from "./lab.ts";

export interface KernelRun {
  readonly end: RunState;
  readonly machine: Machine;
  /** What the program logged by `log(…)`, in order. */
  readonly log: readonly unknown[];
  readonly dmesg: readonly string[];
  readonly events: readonly Stamped[];
  /** Events of these types only. */
  of<T extends EventType>(type: T): Stamped<EventOf<T>>[];
}

export interface KernelRunOptions {
  readonly cpus?: number;
  readonly seed?: number;
  /** No preemption, lowest CPU first. */
  readonly fixed?: boolean;
  readonly maxTicks?: number;
  readonly nic?: string;
  readonly nics?: number;
  readonly irq?: "intx" | "msi";
  /** Function of the program that stands for the top level of a model's file: insmod runs it. */
  readonly evaluate?: string;
}

const PRELUDE = [
  'import { start_kernel as boot_kernel } from "kernel:kernel/main.ts";',
  'import { tick_phase as start_user_space } from "kernel:kernel/tick.ts";',
  'import { log } from "machine:test";\n',
].join("\n");

/**
 * Runs `main()` of a program: `runKernel("import { … } from 'linux/…';\nfunction main() { log(1); }")`. Besides headers it may
 * import kernel files as "kernel:mm/slab.ts".
 */
export function runKernel(program: string, options: KernelRunOptions = {}): KernelRun {
  const { cpus = 2, seed = 1, fixed = false, maxTicks = 3_000_000 } = options;
  const machine = new Machine({
    cpus,
    seed,
    maxTicks,
    strategy: fixed ? new FixedOrder() : new RandomWalk(seed),
  });
  const platform = new Platform(machine, {
    nic: nicModel(options.nic ?? "none"),
    nics: options.nics ?? 1,
    msi: options.irq === "msi",
    weak: false,
  });
  const log: unknown[] = [];
  const events: Stamped[] = [];
  const dmesg: string[] = [];
  machine.onAny((e) => events.push({ ...e }));
  machine.on("printk", (e) => dmesg.push(e.text));
  const model = options.evaluate ?? "(() => {})";
  const text = `${PRELUDE}${program}\nexport function test_start() { boot_kernel(); start_user_space(); main(); }\nexport function test_model() { ${model}(); }\n`;
  const compiled = compile(text, { id: "/test/program.ts", file: "/test/program.ts", points: "accesses" });
  const errors = compiled.diagnostics.filter((d) => d.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((d) => `${d.line}:${d.column}: ${d.message}`).join("\n"));
  machine.places.modelModules.add(compiled);
  const hosts: Record<string, Record<string, unknown>> = {
    machine: hostModule(machine),
    lab: labStub(() => evaluate()),
    hardware: hardwareModule(() => platform),
    "machine:test": { log: (value: unknown) => log.push(snapshot(value)) },
  };
  const linked = link(reachable(compiled, hosts), machine, {
    resolve: (specifier, from) => (specifier in hosts ? null : (find(from.id, specifier)?.id ?? null)),
    host: (specifier) => hosts[specifier],
  });
  machine.mainTask = machine.createTask(
    "init",
    resumable(() => noNative(), body),
    null,
    { cpu: 0 },
  );
  let end = machine.run(1 << 26);
  while (end.kind === "slice") end = machine.run(1 << 26);
  const of = <T extends EventType>(type: T) =>
    events.filter((e) => e.type === type) as unknown as Stamped<EventOf<T>>[];
  return { end, machine, log, dmesg, events, of };

  function* evaluate(): Resumable<void> {
    yield* call(linked.byId.get(compiled.id)?.exports.test_model as never, undefined, []);
  }

  function* body(): Resumable<void> {
    yield* linked.init();
    yield* call(linked.byId.get(compiled.id)?.exports.test_start as never, undefined, []);
  }
}

/** The program and all that it imports. */
function reachable(root: CompiledModule, hosts: Record<string, unknown>): CompiledModule[] {
  const found = [root];
  for (const module of found) {
    for (const specifier of module.imports) {
      if (specifier in hosts) continue;
      const next = find(module.id, specifier);
      if (next !== null && !found.includes(next)) found.push(next);
    }
  }
  return found;
}

function find(from: string, specifier: string): CompiledModule | null {
  const { modules } = image();
  if (specifier.startsWith("kernel:"))
    return modules.get(`kernel/${specifier.slice("kernel:".length)}`) ?? null;
  if (specifier.startsWith(".")) return modules.get(resolvePath(from, specifier)) ?? null;
  const id = headerId(specifier);
  return id === null ? null : (modules.get(id) ?? null);
}

function labStub(evaluate: () => Resumable<void>): Record<string, unknown> {
  const settings = {
    nic: "none",
    nics: 0,
    irq: "intx",
    kernel: "2.6.16",
    weak: false,
    backlog: 1000,
    faults: {},
    params: {},
  };
  return {
    settings,
    model_name: "test",
    workload_name: "test",
    evaluate_model: resumable(() => noNative(), evaluate),
    workload_main: () => () => undefined,
  };
}

/** What was logged, as it was then. */
function snapshot(value: unknown): unknown {
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}

function noNative(): never {
  throw new Error("called by native code");
}
