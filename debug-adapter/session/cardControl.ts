/** The cards in hand: what they do by themselves happens when the user says so. */
import type { Agent } from "../../sim/machine/hardware-steps.ts";
import { Happening } from "../breakpoints/happening.ts";
import { UserError } from "../errors.ts";
import { timeText } from "./cpuView.ts";
import type { Session } from "./session.ts";

/**
 * The part of a card whose step is due first, or the one that is named. Throws a UserError if there is nothing that it
 * could do.
 */
export function nextToAct(session: Session, wanted: string | undefined): Agent {
  const { agents } = session.live.machine.hardware;
  const planned = agents.filter(({ busy }) => busy);
  const agent = wanted === undefined ? earliest(planned) : planned.find(({ name }) => name === wanted);
  if (agent === undefined) throw new UserError(nothingToDo(planned, wanted, agents.length));
  return agent;
}

/** It does its step while the CPUs stand; time passes until it may. A stop follows. */
export function stepCard(session: Session, { id, name }: Agent): void {
  session.intervene(`step of ${name}`, (run) => run.machine.stepHardware(id));
  const { run, stop } = session.departs();
  const text = `${name} has done its next step (t = ${timeText(run.machine.nowNs)})`;
  const { cpu } = stop;
  session.arrives(run, { reason: "event", detail: new Happening([], cpu, text, run.moment), cpu }, null);
}

function earliest(agents: readonly Agent[]): Agent | undefined {
  return agents.reduce<Agent | undefined>(
    (best, one) => (best === undefined || one.dueNs! < best.dueNs! ? one : best),
    undefined,
  );
}

function nothingToDo(planned: readonly Agent[], wanted: string | undefined, agents: number): string {
  if (agents === 0) return "there is no card in this run: choose one with nic in the launch configuration";
  if (planned.length === 0) return "no card has anything to do now";
  return `${wanted} has nothing to do now; ${planned.map(({ name }) => name).join(", ")} could do something`;
}
