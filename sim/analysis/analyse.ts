/** The static analysis of one driver model: everything that the editor and `netdev-lab lint` show comes from here. */
import type * as t from "@babel/types";
import type { Files } from "../lab/files.ts";
import { ruleById } from "../rules/catalogue.ts";
import { lockOf } from "./api/effects.ts";
import type { Analysis, Checker } from "./checker.ts";
import { type ContextKind, DEVICE_CALLBACKS, type Entry, enter, ROLES, type Role } from "./entries.ts";
import type { RelatedSpan, Span, StaticFinding } from "./finding.ts";
import { type ApiCall, Interpreter, type Watcher } from "./interp.ts";
import {
  type Fn,
  type Model,
  type Module,
  type ParseCache,
  type Problem,
  readModel,
  spanOf,
} from "./model.ts";
import { CHECKERS } from "./rules/index.ts";
import { State } from "./state.ts";
import { suppressed } from "./suppress.ts";
import { type Env, keyOf, type Value } from "./values.ts";

/** What was inferred about a function: where it can run. */
export interface FunctionFact {
  readonly span: Span;
  /** The name, or the beginning where it has none. */
  readonly nameSpan: Span;
  readonly name: string;
  /** The kernel enters here. */
  readonly entry: Role | null;
  readonly roles: ReadonlySet<Role>;
  readonly kinds: ReadonlySet<ContextKind>;
  /** Locks held at each call of it. */
  readonly locks: readonly string[];
  readonly irqsOff: boolean;
}

export interface AnalysisResult {
  readonly findings: readonly StaticFinding[];
  readonly facts: readonly FunctionFact[];
  readonly files: readonly string[];
  /** What could not be parsed. */
  readonly problems: readonly Problem[];
}

/** Analyses a model; null if there is no such file. */
export function analyse(files: Files, path: string, cache?: ParseCache): AnalysisResult | null {
  const model = readModel(files, path, cache);
  return model === null ? null : new Analyser(model).run();
}

const ETHTOOL =
  /^(get|set)_(settings|drvinfo|regs|regs_len|wol|msglevel|link|eeprom|coalesce|ringparam|pauseparam|rx_csum|tx_csum|sg|tso|strings|ethtool_stats|stats_count|perm_addr)$|^(begin|complete|nway_reset|self_test|phys_id)$/;

class Analyser implements Analysis {
  readonly model: Model;
  readonly entries: Entry[] = [];
  readonly lltx: boolean;
  entry: Entry | null = null;
  readonly #found = new Map<string, StaticFinding>();
  readonly #checkers: readonly Checker[];
  readonly #facts = new Map<
    t.Node,
    { roles: Set<Role>; kinds: Set<ContextKind>; locks: string[]; irqsOff: boolean }
  >();
  readonly #run: Interpreter;

  constructor(model: Model) {
    this.model = model;
    this.lltx = model.uses.has("NETIF_F_LLTX");
    this.#checkers = CHECKERS.map((make) => make(this));
    const envs = new Map<Module, Env>();
    for (const [i, module] of model.order.entries())
      envs.set(module, { frame: `m${i}`, names: module.names, parent: null });
    this.#run = new Interpreter(
      model,
      [this.#discovery(), this.#exits(), ...this.#checkers],
      new Map(),
      envs,
    );
  }

  get kind(): ContextKind {
    return this.entry === null ? "process" : ROLES[this.entry.role].kind;
  }

  run(): AnalysisResult {
    let state = new State();
    for (const module of this.model.order) state = this.#run.runTopLevel(module, state)[0] ?? state;
    const base = this.#lasting(state);
    for (let i = 0; i < this.entries.length; i++) this.#runEntry(this.entries[i]!, base);
    this.entry = null;
    if (this.model.whole) for (const c of this.#checkers) c.finish?.();
    return {
      findings: this.#sorted(),
      facts: this.#functionFacts(),
      files: [...this.model.modules.keys()],
      problems: this.model.problems,
    };
  }

  #runEntry(entry: Entry, base: ReadonlyMap<string, Value>): void {
    this.entry = entry;
    for (const c of this.#checkers) c.enter?.();
    const { state, args } = enter(entry, base, this.lltx);
    if (entry.role === "hard_start_xmit")
      state.objs.set("skb", {
        kind: "skb",
        st: "borrowed",
        at: spanOf(entry.fn.fn.module.file, entry.fn.fn.node),
      });
    this.#run.runEntry(entry.fn, args, state);
    for (const c of this.#checkers) c.left?.(!this.#run.cut);
  }

  /** What holds whenever the kernel enters: functions, and what nobody assigns later. */
  #lasting(state: State): ReadonlyMap<string, Value> {
    const base = new Map<string, Value>();
    const { reassigned } = this.model;
    for (const [key, value] of state.cells) {
      const dot = key.lastIndexOf(".");
      const name = key.slice(dot + 1);
      const isField = !/^(m\d+|d\d+:.*)$/.test(key.slice(0, dot));
      const literal = value.k === "fn" && key.startsWith("lit@");
      if (literal || (!reassigned.has(isField ? `.${name}` : name) && !(isField && /^\d|^\[/.test(name))))
        base.set(key, value);
    }
    return base;
  }

  // ---- entry points -----------------------------------------------------------------------------------------------

  #add(role: Role, fn: Value | undefined, more: Partial<Entry> = {}): void {
    if (fn?.k !== "fn") return;
    const known = this.entries.find(
      (e) => e.role === role && e.fn.fn === fn.fn && (e.irqsOff || !more.irqsOff),
    );
    if (known) return;
    this.entries.push({ role, fn, irqsOff: false, starter: null, ...more });
  }

  #discovery(): Watcher {
    return {
      store: (object, field, value) => this.#stored(object, field, value),
      call: (call, run) => {
        this.#called(call);
        void run;
      },
    };
  }

  #stored(object: Value, field: string, value: Value): void {
    if (value.k !== "fn" || object.k !== "sym") return;
    const role = DEVICE_CALLBACKS.get(field);
    const generic = field === "open" || field === "stop" || field === "poll";
    if (role && (object.t === "net_device" || (!generic && object.t === undefined))) this.#add(role, value);
    if (field === "function" && (object.t === "timer_list" || object.t === undefined))
      this.#add("timer", value, { starter: this.#classOf(object) });
    if (field === "notifier_call") this.#add("notifier", value);
    if (ETHTOOL.test(field) && (object.t === "literal" || object.t === "ethtool_ops"))
      this.#add("ethtool", value);
    if ((field === "show" || field === "store") && object.t === "attribute") this.#add("attribute", value);
  }

  #called({ name, args, state }: ApiCall): void {
    switch (name) {
      case "module_init":
      case "module_exit":
        this.#add(name, args[0]);
        return;
      case "request_irq":
        this.#add("interrupt", args[1], {
          irqsOff: args[2]?.k === "num" && (args[2].v & 0x20000000) !== 0,
          starter: args[0] ? keyOf(args[0]) : null,
        });
        return;
      case "INIT_WORK":
        this.#add("work", args[1], { starter: this.#classOf(args[0]) });
        return;
      case "tasklet_init":
        this.#add("tasklet", args[1], { starter: this.#classOf(args[0]) });
        return;
      case "setup_timer":
        this.#add("timer", args[1], { starter: this.#classOf(args[0]) });
        return;
      case "kthread_run":
      case "kthread_create":
        this.#add("kthread", args[0]);
        return;
      case "pci_register_driver":
      case "pci_module_init":
        for (const role of ["probe", "remove", "suspend", "resume"] as const)
          this.#add(role, args[0] && state.cells.get(`${keyOf(args[0])}.${role}`));
        return;
      default:
    }
  }

  #classOf(value: Value | undefined): string | null {
    return value === undefined ? null : lockOf(value, "spin", this.#run).cls;
  }

  #exits(): Watcher {
    return {
      leave: (fn, result, node, run) => {
        if (run.stack.length !== 1 || this.entry?.fn.fn !== fn) return;
        for (const c of this.#checkers) c.exit?.(result.value, result.state, node, run);
      },
      invoked: (fn, state) => this.#note(fn, state),
    };
  }

  /** Remembers in which context and under which locks a function is called. */
  #note(fn: Fn, state: State): void {
    if (this.entry === null) return;
    const held = state.held.map((h) => h.name);
    const fact = this.#facts.get(fn.node);
    if (fact === undefined) {
      const roles = new Set([this.entry.role]);
      this.#facts.set(fn.node, { roles, kinds: new Set([this.kind]), locks: held, irqsOff: state.irqOff });
      return;
    }
    fact.roles.add(this.entry.role);
    fact.kinds.add(this.kind);
    fact.locks = fact.locks.filter((name) => held.includes(name));
    fact.irqsOff &&= state.irqOff;
  }

  #functionFacts(): FunctionFact[] {
    return [...this.#facts].map(([node, fact]) => {
      const fn = this.model.functions.get(node)!;
      const named = "id" in fn.node && fn.node.id ? fn.node.id : fn.node;
      const entry = this.entries.find((e) => e.fn.fn === fn)?.role ?? null;
      const span = spanOf(fn.module.file, fn.node);
      return { ...fact, name: fn.name, span, nameSpan: spanOf(fn.module.file, named), entry };
    });
  }

  // ---- findings ---------------------------------------------------------------------------------------------------

  report(
    rule: string,
    node: t.Node,
    run: Interpreter,
    message: string,
    details: Parameters<Analysis["report"]>[4] = {},
  ): void {
    const related = [...this.way(run), ...(details.related ?? [])];
    this.reportAt(rule, run.span(node), message, this.kind, { ...details, related });
  }

  /** Entry point, then each call on the way to here. */
  way(run: Interpreter): RelatedSpan[] {
    return run.stack.map(({ fn, call }, i) => {
      const own = spanOf(fn.module.file, "id" in fn.node && fn.node.id ? fn.node.id : fn.node);
      if (call !== null && i > 0) return { ...call, message: `${fn.name}() is called here` };
      return { ...own, endLine: own.line, endColumn: own.column + 1, message: this.#entryText(fn.name) };
    });
  }

  #entryText(name: string): string {
    if (this.entry === null) return `${name}() is called when the module is loaded`;
    return `the kernel calls ${name}() as ${this.entry.role}: ${ROLES[this.entry.role].says}`;
  }

  reportAt(
    rule: string,
    span: Span,
    message: string,
    context: ContextKind,
    details: Parameters<Analysis["report"]>[4] = {},
  ): void {
    const entry = ruleById(rule);
    if (entry === undefined) return;
    const module = this.model.modules.get(span.file);
    if (module === undefined || suppressed(module.text, span.line, [rule, ...(entry.specialises ?? [])]))
      return;
    // two rules of a family about one call on different paths: the first one tells the story
    const key = `${entry.family}:${span.file}:${span.line}:${span.column}`;
    const before = this.#found.get(key);
    if (before !== undefined) {
      const more = [rule, ...(details.also ?? [])].filter(
        (id) => id !== before.rule && !before.alsoRules.includes(id),
      );
      if (before.rule !== rule)
        this.#found.set(key, { ...before, alsoRules: [...before.alsoRules, ...more] });
      return;
    }
    this.#found.set(key, {
      ...span,
      rule,
      severity: entry.severity,
      message,
      context,
      related: details.related ?? [],
      alsoRules: [...new Set([...(entry.specialises ?? []), ...(details.also ?? [])])].filter(
        (id) => id !== rule,
      ),
      fixes: details.fixes ?? [],
    });
  }

  /** One finding for one mistake: a general rule falls silent where a special one speaks. */
  #sorted(): StaticFinding[] {
    const all = [...this.#found.values()];
    const covered = (f: StaticFinding): boolean =>
      all.some(
        (g) =>
          g !== f &&
          g.file === f.file &&
          g.line === f.line &&
          g.column === f.column &&
          g.alsoRules.includes(f.rule),
      );
    return all
      .filter((f) => !covered(f))
      .sort((a, b) =>
        a.file === b.file
          ? a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1)
          : a.file < b.file
            ? -1
            : 1,
      );
  }
}
