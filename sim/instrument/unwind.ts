/**
 * Thrown into the program by the machine to end a task: the program cannot catch it, and its `finally` blocks do not
 * run. Subclasses say why. No Error: nobody wants its stack, which costs more than all the rest.
 */
export class MachineUnwind {
  readonly name: string = "MachineUnwind";
  constructor(readonly message = "") {}
}
