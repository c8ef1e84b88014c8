/** Fault injection: makes calls of the model fail. */
import { parse_fault_spec, set_fault } from "../kernel/lib/fault-inject.ts";
import { refuse, step } from "./step.ts";

/**
 * Makes calls fail, counting from now.
 * @param name what fails: `kmalloc`, `skb`, `request-irq`, `register-netdev` …
 * @param spec which calls: `nth:3`, `every:5`, `p:0.1`; `off` ends it
 */
export function fault(name: string, spec: string): void {
  step(`fault ${name} ${spec}`);
  const parsed = spec === "off" ? null : parse_fault_spec(spec);
  if (parsed === null && spec !== "off")
    refuse(`fault("${name}", "${spec}"): a spec is nth:3, every:5, p:0.1 or off`);
  set_fault(name, parsed);
}
