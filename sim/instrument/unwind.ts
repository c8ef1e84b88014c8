/**
 * Thrown into the program by the machine to end a task: the program cannot catch it, and its `finally` blocks do not
 * run. Subclasses say why.
 */
export class MachineUnwind extends Error {
  override name = "MachineUnwind";
}
