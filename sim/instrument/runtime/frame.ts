import type { Frame, FunctionInfo, ScopeAccessor } from "../monitor.ts";

/** The one class of frames: every frame has the same shape, whatever it uses. */
export class ShadowFrame implements Frame {
  pc: number;
  depth: number;
  s0: ScopeAccessor | undefined = undefined;
  s1: ScopeAccessor | undefined = undefined;
  s2: ScopeAccessor | undefined = undefined;
  s3: ScopeAccessor | undefined = undefined;
  s4: ScopeAccessor | undefined = undefined;
  s5: ScopeAccessor | undefined = undefined;
  s6: ScopeAccessor | undefined = undefined;
  s7: ScopeAccessor | undefined = undefined;
  more: ScopeAccessor[] | undefined = undefined;
  self: unknown = undefined;
  constructor(
    readonly fn: FunctionInfo,
    public parent: ShadowFrame | null,
  ) {
    this.pc = fn.firstPc;
    this.depth = parent === null ? 1 : parent.depth + 1;
  }
}
