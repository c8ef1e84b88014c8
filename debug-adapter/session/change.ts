/** Code of the user that changes the program: part of the history, run again whenever that is. */
import type { FrameContainer } from "../variables/frameScopes.ts";
import type { Session } from "./session.ts";

/** Evaluates in a frame (or outside of all), as an intervention; the value is of the run that the user looks at. */
export function change(session: Session, text: string, frame: FrameContainer | null): unknown {
  const run = session.live;
  const cpu = frame?.cpu ?? session.stop?.cpu ?? 0;
  const level = frame === null ? -1 : run.frames(cpu).findIndex((entry) => entry.frame === frame.frame);
  let value: unknown;
  session.intervene(text, (one) => {
    const there = level < 0 ? null : (one.frames(cpu)[level]?.frame ?? null);
    value = one.evaluate(text, cpu, there, true);
  });
  return value;
}
