/** What user space tells the observers of a run: what it does next, what it expected, what it cannot do. */
import { emit, halt } from "machine";
import { try_to_freeze } from "./freezer.ts";

/** Announces a step of the workload (it shows in timelines). */
export function step(what: string): void {
  try_to_freeze();
  emit({ type: "workload-step", what });
}

/** Marks the step by which a workload ends a run that cannot go on in this lab. */
export const REFUSED = "refused: ";

/** Ends the run: the workload asks for something that is not there. The reason reaches the user as one message. */
export function refuse(reason: string): never {
  step(REFUSED + reason);
  return halt(reason);
}

/**
 * Says what must be true. A failed expectation is the violation `workload-expect`; the workload goes on.
 * @param message what is expected, in words
 */
export function expect(condition: unknown, message: string): void {
  emit({ type: "expectation", ok: Boolean(condition), message });
}
