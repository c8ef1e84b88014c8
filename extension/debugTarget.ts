/** What a command of the debugger is about: VS Code hands over different things for each menu. */

export interface CommandTarget {
  /** Thread of the CPU; undefined: what is in focus. */
  readonly threadId?: number;
  /** A line of the variables' tree. */
  readonly variable?: { readonly name: string; readonly variablesReference: number };
}

/** Reads the arguments of a call-stack menu (a thread's number, or an object with it) or of the variables' menu. */
export function commandTarget(args: readonly unknown[]): CommandTarget {
  let target: CommandTarget = {};
  for (const arg of args) {
    const threadId = typeof arg === "number" ? arg : field(arg, "threadId");
    if (typeof threadId === "number" && Number.isInteger(threadId)) target = { ...target, threadId };
    const name = field(field(arg, "variable"), "name");
    const variablesReference = field(field(arg, "container"), "variablesReference");
    if (typeof name === "string" && typeof variablesReference === "number")
      target = { ...target, variable: { name, variablesReference } };
  }
  return target;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
