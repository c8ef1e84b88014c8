/** The cards in hand: what they do by themselves happens when the user says so. */
import type { Agent } from "../../sim/machine/hardware-steps.ts";
import { Happening } from "../breakpoints/happening.ts";
import { UserError } from "../errors.ts";
import { timeText } from "./cpuView.ts";
import type { Session } from "./session.ts";

/**
 * The part of a card whose step is due first (or the one that is named) does it now, while the CPUs stand; time passes
 * until it may. Throws a UserError if there is nothing to be done.
 */
export function stepCard(session: Session, wanted: string | undefined): void {
  const { machine } = session.live;
  const planned = machine.hardware.agents.filter(({ busy }) => busy);
  const agent = wanted === undefined ? earliest(planned) : planned.find(({ name }) => name === wanted);
  if (agent === undefined) throw new UserError(nothingToDo(planned, wanted, machine.hardware.agents.length));
  session.intervene(`step of ${agent.name}`, (run) => run.machine.stepHardware(agent.id));
  const { run, stop } = session.departs();
  const text = `${agent.name} has done its next step (t = ${timeText(run.machine.nowNs)})`;
  session.arrives(
    run,
    { reason: "event", detail: new Happening([], stop.cpu, text, run.moment), cpu: stop.cpu },
    null,
  );
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
