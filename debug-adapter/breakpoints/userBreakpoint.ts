/** A breakpoint as the client knows it: number, place, whether it can work. */
import type { CompiledModule, SourceRange } from "../../sim/instrument/monitor.ts";
import type { Hit } from "../../sim/machine/debugger.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import type { Dap } from "../protocol.ts";
import { BreakpointAction } from "./breakpoint.ts";
import { allows } from "./modes.ts";

/** A place where a breakpoint stops the program. */
export interface Target {
  readonly module: CompiledModule;
  readonly pc: number;
}

/** What is known of a breakpoint's place. */
export interface Binding {
  readonly verified: boolean;
  /** Why it is not verified, or where it moved. */
  readonly message?: string;
  readonly module?: CompiledModule;
  readonly range?: SourceRange;
  readonly targets: readonly Target[];
  /** The callback of the kernel that it means too. */
  readonly slot?: string;
}

export const UNBOUND: Binding = { verified: false, targets: [] };

export class UserBreakpoint {
  readonly id: number;
  readonly kind: "source" | "function";
  readonly spec: Dap.SourceBreakpoint | Dap.FunctionBreakpoint;
  readonly action: BreakpointAction;
  /** The CPU that was in focus when it was set. */
  readonly focus: CpuId;
  binding: Binding = UNBOUND;

  constructor(
    id: number,
    kind: "source" | "function",
    spec: Dap.SourceBreakpoint | Dap.FunctionBreakpoint,
    focus: CpuId,
  ) {
    this.focus = focus;
    this.id = id;
    this.kind = kind;
    this.spec = spec;
    this.action = new BreakpointAction(spec);
  }

  /** The same wish of the user as `spec`? Then number and hit count are kept. */
  isFor(spec: Dap.SourceBreakpoint | Dap.FunctionBreakpoint): boolean {
    return JSON.stringify(spec) === JSON.stringify(this.spec);
  }

  /** Does its mode let it stop here? */
  allows(hit: Hit): boolean {
    return allows("mode" in this.spec ? this.spec.mode : undefined, this.focus, hit);
  }
}
