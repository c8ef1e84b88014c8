import { GEN, type Monitor, NEW } from "../monitor.ts";
import { MachineUnwind } from "../unwind.ts";
import { installBuiltins } from "./builtins.ts";
import * as make from "./construct.ts";
import { ShadowFrame } from "./frame.ts";
import * as generators from "./generators.ts";
import { forbidden, programGlobals } from "./globals.ts";
import { bindImport, callNow } from "./imports.ts";
import * as iterate from "./iterate.ts";
import * as properties from "./properties.ts";
import { isProxy } from "./proxy.ts";

/** In place of a value: the variable is not initialised yet. */
export const UNINITIALISED: unique symbol = Symbol("uninitialised");

function uninitialised(name: string): never {
  throw new ReferenceError(`Cannot access '${name}' before initialization`);
}

/** What every factory needs and no monitor. The names are those the emitted code uses after a `$`. */
const common = {
  Frame: ShadowFrame,
  G: GEN,
  N: NEW,
  isProxy,
  T: UNINITIALISED,
  U: MachineUnwind,
  Y: generators.marker,
  R: generators.ReturnSignal,
  tdz: uninitialised,
  notFunction(name: string): never {
    throw new TypeError(`${name} is not a function`);
  },
  call: callNow,
  bind: bindImport,
  new: make.newObject,
  construct: make.construct,
  protoOf: Object.getPrototypeOf,
  once: make.once,
  super: make.superThis,
  alloc: make.allocateFor,
  A: make.ALLOCATE,
  derivedResult: make.derivedResult,
  baseResult: make.baseResult,
  define: properties.define,
  stampClass: make.stampClass,
  stampMethod: make.stampMethod,
  stampPlain: make.stampPlain,
  stampGenerator: generators.stampGenerator,
  stampTarget: make.stampTarget,
  generate: generators.generate,
  delegate: generators.delegate,
  primed: generators.primed,
  bare: properties.bare,
  Install: make.Install,
  getter: properties.getter,
  setter: properties.setter,
  superGet: properties.superGet,
  superSet: properties.superSet,
  parent: properties.parentOf,
  plain: iterate.isPlainArray,
  spread: iterate.spread,
  list: iterate.list,
  open: iterate.open,
  step: iterate.step,
  take: iterate.take,
  skip: iterate.skip,
  drain: iterate.drain,
  finish: iterate.finish,
  abandon: iterate.abandon,
  object: properties.requireObject,
  rest: properties.restOf,
  key: properties.toKey,
  arguments: properties.argumentsObject,
  slice: properties.sliceFrom,
  assign: properties.assignOwn,
  setProto: properties.setProto,
  accessor: properties.addAccessor,
  rename: properties.rename,
  enum: properties.enumMember,
  template: properties.templateObject,
  globals: programGlobals,
  forbidden,
  global(name: string): never {
    throw new ReferenceError(`${name} is not defined`);
  },
  setGlobal(name: string, _value: unknown): never {
    throw new ReferenceError(`${name} is not defined`);
  },
  typeofGlobal: (_name: string): string => "undefined",
  constant(_value: unknown, _name: string): never {
    throw new TypeError("Assignment to constant variable.");
  },
  deleteSuper(): never {
    throw new ReferenceError("Unsupported reference to 'super'");
  },
};

export type Runtime = typeof common & {
  readonly m: Monitor;
  readonly bp: Uint8Array;
  readonly fn: readonly unknown[];
  readonly resolve: (specifier: string) => Record<string, unknown>;
};

/** The runtime of one module under one monitor. */
export function makeRuntime(
  m: Monitor,
  bp: Uint8Array,
  fn: readonly unknown[],
  resolve: (specifier: string) => Record<string, unknown>,
): Runtime {
  installBuiltins();
  return Object.assign(Object.create(common) as typeof common, { m, bp, fn, resolve });
}
