/** Fault injection: makes calls of the model fail. */
import { ENOENT } from "../kernel/include/linux/errno.ts";
import { FAULT_NAMES, set_fault } from "../kernel/kernel/fault.ts";
import { refuse, step } from "./step.ts";

/**
 * Makes calls fail, counting from now.
 * @param name what fails: `kmalloc`, `skb`, `request-irq`, `register-netdev` …
 * @param spec which calls: `nth:3`, `every:5`, `p:0.1`; `off` ends it
 */
export function fault(name: string, spec: string): void {
  step(`fault ${name} ${spec}`);
  const result = set_fault(name, spec);
  if (result === -ENOENT)
    refuse(`fault("${name}", "${spec}"): there is no such fault; what can fail is ${FAULT_NAMES.join(", ")}`);
  if (result !== 0) refuse(`fault("${name}", "${spec}"): a spec is nth:3, every:5, p:0.1 or off`);
}
