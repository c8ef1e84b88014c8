/** Memory under DMA: what may be mapped, and that the CPU keeps its hands off it meanwhile. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { Interpreter } from "../interp.ts";
import type { State } from "../state.ts";
import { keyOf, type Value } from "../values.ts";

const MAP = /^(pci|dma)_map_single$/;
/** include/linux/pci.h */
const TO_DEVICE = "1";

export const dmaMemory: CheckerFactory = (a) => ({
  call({ name, args, node, state }, run) {
    if (a.entry === null) return;
    if (MAP.test(name)) local(a, name, args[1], node, run);
    if (/^(pci|dma)_(unmap_single|dma_sync_single(_for_cpu)?|sync_single(_for_cpu)?)$/.test(name)) {
      const handle = args[1] === undefined ? "" : keyOf(args[1]);
      for (const [id, o] of state.objs) if (o.kind === "mapped" && o.st === handle) state.objs.delete(id);
    }
  },
  called({ name, args, node }, result, run) {
    const [, memory, , direction] = args;
    if (!MAP.test(name) || memory?.k !== "sym" || result.value.k !== "sym") return;
    result.state.objs.set(`mapped:${memory.id}`, {
      kind: "mapped",
      st: result.value.id,
      at: run.span(node),
      data: direction === undefined ? "?" : keyOf(direction),
    });
  },
  load: (object, field, node, state, run) => accessed(a, object, field, node, state, run, false),
  store: (object, field, _value, node, state, run) => accessed(a, object, field, node, state, run, true),
});

/** An array that the model makes itself lies on the stack or in the module's data, not in memory for DMA. */
function local(a: Analysis, name: string, memory: Value | undefined, node: t.Node, run: Interpreter): void {
  if (memory?.k !== "sym" || !/^Uint(8|16|32)Array$/.test(memory.t ?? "")) return;
  a.report("dma-stack", node, run, `${name}() of an array of the model's own: take memory from kmalloc()`);
}

function accessed(
  a: Analysis,
  object: Value,
  field: string,
  node: t.Node,
  state: State,
  run: Interpreter,
  writes: boolean,
): void {
  if (a.entry === null || object.k !== "sym" || !/^(\d+$|\[)/.test(field)) return;
  const mapped = state.objs.get(`mapped:${object.id}`);
  if (mapped === undefined || (mapped.data === TO_DEVICE && !writes)) return;
  a.report(
    "dma-cpu-access",
    node,
    run,
    `the CPU ${writes ? "writes" : "reads"} memory that is mapped for the device: unmap it, or sync it for the CPU first`,
    { related: [{ ...mapped.at, message: "it is mapped here" }] },
  );
}
