/** What the analysis knows of a value. */
import type * as t from "@babel/types";
import type { ClassInfo, Fn } from "./model.ts";

/** Where a function's free variables live. */
export interface Env {
  readonly frame: string;
  readonly names: ReadonlySet<string>;
  readonly parent: Env | null;
}

/** Which call gave a value. */
export interface Origin {
  readonly api: string;
  readonly node: t.Node;
  readonly file: string;
}

export type Value =
  | { readonly k: "num"; readonly v: number; readonly name?: string }
  | { readonly k: "str"; readonly v: string }
  | { readonly k: "null"; readonly from?: Origin }
  | { readonly k: "fn"; readonly fn: Fn; readonly env: Env; readonly self?: Value }
  | { readonly k: "api"; readonly name: string }
  | { readonly k: "class"; readonly cls: ClassInfo }
  /** Something with an identity. `object`: known to be no null and no 0. */
  | {
      readonly k: "sym";
      readonly id: string;
      readonly t?: string;
      readonly object?: boolean;
      readonly from?: Origin;
      /** Interrupt flags: were interrupts off when they were saved? */
      readonly saved?: boolean;
    }
  | { readonly k: "not"; readonly of: Value };

export const UNDEFINED: Value = { k: "null" };
export const TRUE: Value = { k: "num", v: 1 };
export const FALSE: Value = { k: "num", v: 0 };

export const num = (v: number, name?: string): Value =>
  name === undefined ? { k: "num", v } : { k: "num", v, name };

/** Equal keys mean the same value. */
export function keyOf(value: Value): string {
  switch (value.k) {
    case "num":
      return String(value.v);
    case "str":
      return JSON.stringify(value.v);
    case "null":
      return "null";
    case "fn":
      return `fn:${value.fn.module.file}:${value.fn.node.start}:${value.env.frame}`;
    case "api":
      return `api:${value.name}`;
    case "class":
      return `class:${value.cls.name}`;
    case "sym":
      return value.id;
    case "not":
      return `!${keyOf(value.of)}`;
  }
}

export function negate(value: Value): Value {
  if (value.k === "not") return value.of;
  return { k: "not", of: value };
}
