/** `when EXPRESSION`: each moment of the recorded past at which a value changed. */
import type { Evaluate } from "../expressions/environment.ts";
import { timeText } from "../session/cpuView.ts";
import type { Run } from "../session/run.ts";
import type { Session } from "../session/session.ts";
import { isSame, snapshotOf, textOf } from "../watchpoints/snapshot.ts";
import { ABSENT } from "../watchpoints/stablePath.ts";

const MOST_LINES = 200;

/** Says early what is wrong with the expression: it sees the model's variables and where the machine stands. */
export function checkWhen(run: Run, expression: string): Evaluate {
  return run.compile(expression, run.lab.program.model, -1);
}

/** Prints the changes and goes back to where the user stands. */
export function tellWhen(session: Session, expression: string): Promise<void> {
  return session.journeys.go(async (travel, now) => {
    const lines: string[] = [];
    await travel.pass(now, (run) => {
      const evaluate = checkWhen(run, expression);
      let last: unknown = ABSENT;
      return run.machine.debugger.watchStatements(() => {
        const value = valueNow(run, evaluate);
        if (isSame(value, last)) return;
        if (last !== ABSENT || value !== ABSENT) lines.push(change(run, last, value));
        last = value;
      });
    });
    const shown = lines.slice(-MOST_LINES);
    const left = lines.length - shown.length;
    const head = `${expression} changed ${lines.length} times${left === 0 ? "" : `; the last ${MOST_LINES}`}:`;
    session.output("console", `${[head, ...shown].join("\n")}\n`);
    return { moment: now, reason: "goto", cpu: session.lastCpu };
  });
}

function valueNow(run: Run, evaluate: Evaluate): unknown {
  try {
    return snapshotOf(evaluate({ frame: null, cpu: run.machine.cpu.id, parameters: [] }));
  } catch {
    return ABSENT; // what it reads is not there yet
  }
}

function change(run: Run, old: unknown, value: unknown): string {
  const { machine } = run;
  const place = machine.here();
  const where =
    place === null
      ? ""
      : ` ${place.fn}(), ${place.file.slice(place.file.lastIndexOf("/") + 1)}:${place.line}`;
  return `  ${timeText(machine.nowNs)}, tick ${machine.pointCount}, CPU ${machine.cpu.id}${where}: ${textOf(old, run.notes)} → ${textOf(value, run.notes)}`;
}
