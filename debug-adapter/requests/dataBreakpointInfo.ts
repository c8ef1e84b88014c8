import type { RequestHandler } from "../requestHandler.ts";
import { findTarget } from "../watchpoints/findTarget.ts";
import { dataIdOf } from "../watchpoints/target.ts";

/** Can this be watched? A variable of the variables' tree, an expression, a register, or memory by its address. */
export const dataBreakpointInfo: RequestHandler<"dataBreakpointInfo"> = {
  command: "dataBreakpointInfo",
  needs: "stopped",
  capabilities: { supportsDataBreakpoints: true, supportsDataBreakpointBytes: true },
  shape: {
    name: "string",
    variablesReference: "integer?",
    frameId: "integer?",
    bytes: "integer?",
    asAddress: "boolean?",
  },
  handle(args, session) {
    const found = findTarget(session, args);
    if (typeof found === "string") return { dataId: null, description: found };
    const words =
      found.kind === "lock" ? `${found.label} (write: taken or released; read: waited for)` : found.label;
    const isLocal = found.kind === "value" && found.root[0] === "call" && found.keys.length === 0;
    return {
      dataId: dataIdOf(found),
      description: words,
      // accesses that change nothing are not told of a function's own variables
      accessTypes: isLocal ? ["write"] : ["read", "write", "readWrite"],
      canPersist: !(found.kind === "value" && found.root[0] === "call"),
    };
  },
};
