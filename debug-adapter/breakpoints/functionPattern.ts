/** Names of function breakpoints: `snull_tx`, `hard_start_xmit`, `snull_*`, `dev:netif_*`, `kernel:napi_*`, `*:poll`, `/^snull_.*rx/`. */
import type { CompiledModule } from "../../sim/instrument/monitor.ts";
import { UserError } from "../errors.ts";

export interface FunctionPattern {
  /** The callback that it may mean; null: it can mean none. */
  readonly slot: string | null;
  /** Does it mean functions of the kernel too? */
  readonly inKernel: boolean;
  /** Of a module, and in it. */
  matches(module: CompiledModule, isKernel: boolean, fn: string): boolean;
}

/** Throws a UserError if a regular expression cannot be read. */
export function functionPattern(text: string): FunctionPattern {
  const name = text.trim();
  const regex = /^\/(.*)\/([iu]*)$/.exec(name);
  if (regex !== null) return byName(expression(regex[1]!, regex[2]!));
  const [, module, fn = ""] = /^(?:([^:]+):)?(.+)$/.exec(name) ?? [];
  const isGlob = /[*?]/.test(fn);
  const wanted = glob(fn);
  if (module === undefined && isGlob) return byName(wanted);
  const inModule = module === undefined || module === "*" ? () => true : moduleTest(module);
  const slot = !isGlob && (module === undefined || module === "*") ? fn : null;
  return {
    slot,
    inKernel: true,
    matches: (one, isKernel, called) => inModule(one, isKernel) && isCalled(called, isKernel, wanted),
  };
}

/** A pattern without a module means the model's functions. */
function byName(wanted: RegExp): FunctionPattern {
  const matches = (_module: CompiledModule, isKernel: boolean, fn: string): boolean =>
    !isKernel && isCalled(fn, isKernel, wanted);
  return { slot: null, inKernel: false, matches };
}

/** `poll` names the function `poll` and, in a model, every method `….poll`. */
function isCalled(fn: string, isKernel: boolean, wanted: RegExp): boolean {
  if (fn === "(module)") return false;
  return wanted.test(fn) || (!isKernel && fn.includes(".") && wanted.test(fn.slice(fn.lastIndexOf(".") + 1)));
}

function moduleTest(name: string): (module: CompiledModule, isKernel: boolean) => boolean {
  if (name === "kernel") return (_module, isKernel) => isKernel;
  const wanted = glob(name);
  return ({ file }) => wanted.test(file.slice(file.lastIndexOf("/") + 1).replace(/\.ts$/, ""));
}

function glob(text: string): RegExp {
  const escaped = text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

function expression(text: string, flags: string): RegExp {
  try {
    return new RegExp(text, flags);
  } catch (error) {
    throw new UserError(`cannot read the pattern /${text}/: ${(error as Error).message}`);
  }
}
