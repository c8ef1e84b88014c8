/**
 * What the host throws through instrumented code to end a task or a run. The program can neither catch it nor run
 * its `finally` blocks for it: a task that died of an oops does not tidy up.
 */
export class MachineUnwind extends Error {
  override readonly name: string = "MachineUnwind";
}
