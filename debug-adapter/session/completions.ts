/** What could be typed next in the console. */

import { COMMANDS } from "../console/commands.ts";
import { GLOBALS } from "../expressions/builtins.ts";
import { readProperty } from "../expressions/properties.ts";
import type { Dap } from "../protocol.ts";
import { show } from "../variables/format.ts";
import type { FrameContainer } from "../variables/frameScopes.ts";
import { scopesAt } from "./frameNames.ts";
import type { Run } from "./run.ts";
import type { Session } from "./session.ts";
import { SPECIAL_NAMES } from "./specialNames.ts";

const MOST = 200;

/** Completions for the text before the cursor. */
export function completionsAt(
  session: Session,
  frame: FrameContainer | null,
  text: string,
): Dap.CompletionItem[] {
  const { object, prefix } = splitAtDot(text);
  const run = session.live;
  const items = object === null ? names(run, frame) : members(run, frame, object);
  const start = text.length - prefix.length;
  return items
    .filter(({ label }) => label.toLowerCase().startsWith(prefix.toLowerCase()))
    .slice(0, MOST)
    .map((item) => ({ ...item, start, length: prefix.length }));
}

/** `priv.stats.rx_` → the object `priv.stats` and the prefix `rx_`. */
function splitAtDot(text: string): { object: string | null; prefix: string } {
  const match =
    /((?:[A-Za-z_$][\w$]*|\]|\))(?:(?:\?\.|\.)[A-Za-z_$][\w$]*|\[[^\]]*\])*)?(\?\.|\.)?([A-Za-z_$][\w$]*)?$/.exec(
      text,
    );
  const prefix = match?.[3] ?? "";
  const object = match?.[2] === undefined ? null : (match[1] ?? null);
  return object === null && match?.[1] !== undefined && match[3] === undefined && match[2] === undefined
    ? splitLast(match[1])
    : { object, prefix };
}

/** `a.b.c` typed to its end: the object is `a.b`, the prefix `c`. */
function splitLast(path: string): { object: string | null; prefix: string } {
  const dot = path.lastIndexOf(".");
  if (dot < 0) return { object: null, prefix: path };
  return { object: path.slice(0, dot).replace(/\?$/, ""), prefix: path.slice(dot + 1) };
}

function names(run: Run, frame: FrameContainer | null): Dap.CompletionItem[] {
  const items = new Map<string, Dap.CompletionItem>();
  const add = (label: string, type: Dap.CompletionItemType, detail: string, rank: string): void => {
    if (!items.has(label)) items.set(label, { label, type, detail, sortText: `${rank}${label}` });
  };
  if (frame !== null) {
    const { module } = frame.frame.fn;
    for (const scope of scopesAt(module, frame.frame.pc))
      for (const variable of scope.variables) add(variable.name, "variable", variable.kind, "0");
  }
  const module = frame?.frame.fn.module ?? run.lab.program.model;
  for (const variable of run.lab.modules.get(module)?.scope.info.variables ?? [])
    add(
      variable.name,
      variable.kind === "function" ? "function" : "variable",
      `module ${variable.kind}`,
      "1",
    );
  for (const { name, help } of COMMANDS) add(name, "keyword", help, "5");
  for (const name of SPECIAL_NAMES) add(name, "keyword", "of the CPU", "2");
  for (const [name] of run.api) add(name, "function", "kernel", "3");
  for (const name of Object.keys(GLOBALS)) add(name, "value", "", "4");
  return [...items.values()];
}

function members(run: Run, frame: FrameContainer | null, object: string): Dap.CompletionItem[] {
  let value: unknown;
  try {
    value = run.evaluate(object, frame?.cpu ?? run.machine.cpu.id, frame?.frame ?? null, false);
  } catch {
    return [];
  }
  if (value === null || value === undefined) return [];
  const items: Dap.CompletionItem[] = [];
  const seen = new Set<string>();
  for (let holder: object | null = Object(value) as object; holder !== null; holder = parentOf(holder)) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (seen.has(name) || !/^[A-Za-z_$][\w$]*$/.test(name) || name === "constructor") continue;
      seen.add(name);
      items.push(member(run, holder, name, items.length));
    }
  }
  return items;
}

function parentOf(object: object): object | null {
  const parent = Object.getPrototypeOf(object) as object | null;
  return parent === Object.prototype ? null : parent;
}

function member(run: Run, holder: object, name: string, order: number): Dap.CompletionItem {
  const sortText = String(order).padStart(5, "0");
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  if (descriptor === undefined || !("value" in descriptor))
    return { label: name, type: "property", sortText };
  const value = readProperty(holder, name, { mayMutate: false, isPure: () => false, isFreed: () => true });
  const isMethod = typeof value === "function";
  return {
    label: name,
    type: isMethod ? "method" : "property",
    detail: show(value, run.notes).type,
    sortText,
  };
}
