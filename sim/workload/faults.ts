/** Fault injection: makes calls of the model fail. */
import { set_fault } from "../kernel/kernel/fault.ts";
import { step } from "./step.ts";

/**
 * Makes calls fail, counting from now.
 * @param name what fails: `kmalloc`, `skb`, `request-irq`, `register-netdev` …
 * @param spec which calls: `nth:3`, `every:5`, `p:0.1`, or `off`
 */
export function fault(name: string, spec: string): void {
  step(`fault ${name} ${spec}`);
  set_fault(name, spec);
}
