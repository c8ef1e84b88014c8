/** Variables of a frame and of its module, as scopes. */
import type { Frame, LoadedModule, ScopeAccessor, VariableInfo } from "../../sim/instrument/monitor.ts";
import { UserError } from "../errors.ts";
import { accessorOf, isWritable, scopesAt } from "../session/frameNames.ts";
import { type Part, SmallContainer } from "./container.ts";
import type { ObjectNotes } from "./format.ts";
import { valuePart } from "./valueContainers.ts";

/** One variable, wherever it lives. */
interface Variable {
  readonly info: VariableInfo;
  readonly index: number;
  readonly access: ScopeAccessor;
}

class VariablesContainer extends SmallContainer {
  readonly #variables: () => Variable[];
  readonly #notes: ObjectNotes;
  readonly #extra: () => Part[];

  constructor(variables: () => Variable[], notes: ObjectNotes, extra: () => Part[] = () => []) {
    super();
    this.#variables = variables;
    this.#notes = notes;
    this.#extra = extra;
  }

  parts(): Part[] {
    return [...this.#extra(), ...this.#variables().map((variable) => this.#show(variable))];
  }

  set(name: string, value: unknown): void {
    const variable = this.#variables().find((v) => v.info.name === name);
    if (variable === undefined) throw new UserError(`there is no variable ${name}`);
    if (!isWritable(variable.info)) throw new UserError(`${name} is a constant`);
    variable.access(variable.index, true, value);
  }

  #show({ info, index, access }: Variable): Part {
    let value: unknown;
    try {
      value = access(index, false);
    } catch {
      return { name: info.name, value: "(not initialised yet)", kind: "virtual", readOnly: true };
    }
    const part = valuePart(info.name, value, this.#notes, info.name);
    return isWritable(info) ? part : { ...part, readOnly: true };
  }
}

/** Variables of the function; inner ones hide outer ones of the same name. */
export function localsOf(frame: Frame, notes: ObjectNotes): VariablesContainer {
  const self = (): Part[] =>
    frame.self === undefined ? [] : [{ ...valuePart("this", frame.self, notes, "this"), readOnly: true }];
  return new VariablesContainer(() => variablesOf(frame, (kind) => kind !== "closure"), notes, self);
}

/** Variables of enclosing functions that the function uses. */
export function closureOf(frame: Frame, notes: ObjectNotes): VariablesContainer {
  return new VariablesContainer(() => variablesOf(frame, (kind) => kind === "closure"), notes);
}

/** Variables of the module's top level; what it imports is left out. */
export function moduleVariables(loaded: LoadedModule, notes: ObjectNotes): VariablesContainer {
  const { info, access } = loaded.scope;
  const variables = (): Variable[] =>
    info.variables
      .map((variable, index) => ({ info: variable, index, access }))
      .filter(({ info: { kind } }) => kind !== "import" && kind !== "function" && kind !== "class");
  return new VariablesContainer(variables, notes);
}

function variablesOf(frame: Frame, wanted: (kind: VariableInfo["kind"]) => boolean): Variable[] {
  const seen = new Set<string>();
  const found: Variable[] = [];
  for (const scope of scopesAt(frame.fn.module, frame.pc)) {
    const access = accessorOf(frame, scope);
    if (access === undefined) continue;
    for (const [index, info] of scope.variables.entries()) {
      if (seen.has(info.name)) continue;
      seen.add(info.name);
      if (wanted(info.kind)) found.push({ info, index, access });
    }
  }
  return found;
}

/** The first variable of the frame that `is` accepts. */
export function findVariable(frame: Frame, is: (value: unknown) => boolean): unknown {
  for (const { index, access } of variablesOf(frame, () => true)) {
    try {
      const value = access(index, false);
      if (is(value)) return value;
    } catch {
      // not initialised yet
    }
  }
  return undefined;
}
