/** Fault injection: makes calls of the model fail. */
import { set_fault } from "../kernel/kernel/fault.ts";
import { refuse, step } from "./step.ts";

/**
 * Makes calls fail, counting from now.
 * @param name what fails: `kmalloc`, `skb`, `request-irq`, `register-netdev` …
 * @param spec which calls: `nth:3`, `every:5`, `p:0.1`; `off` ends it
 */
export function fault(name: string, spec: string): void {
  step(`fault ${name} ${spec}`);
  if (set_fault(name, spec) !== 0)
    refuse(`fault("${name}", "${spec}"): a spec is nth:3, every:5, p:0.1 or off`);
}
