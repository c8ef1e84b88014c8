/** *CPUs and Locks*: what each CPU does, holds and waits for, and why nobody goes on. */
import type { CpuState, LockState, MachineState, WaitState } from "../../debug-adapter/messages/machine.ts";
import { t } from "../l10n.ts";
import { placeText, timeText, type ViewNode } from "./node.ts";

export function cpusAndLocks(state: MachineState): ViewNode[] {
  const held = state.tasks.filter(
    ({ name, locks }) => locks.length > 0 && !state.cpus.some(({ task }) => task === name),
  );
  return [
    ...state.deadlocks.map(deadlock),
    ...state.cpus.map((cpu) => cpuNode(cpu, state)),
    ...group("waits", t("Who waits for whom"), "list-tree", state.waits.map(waitNode)),
    ...group(
      "held",
      t("Locks of tasks that do not run"),
      "lock",
      held.flatMap(({ id, name, locks }) => locks.map((lock, i) => lockNode(lock, `${id}.${i}`, name))),
    ),
  ];
}

function deadlock(waits: readonly WaitState[], i: number): ViewNode {
  const steps = waits.map(({ task, cpu, on }) => `${task} (CPU ${cpu}) → ${on}`);
  return {
    id: `deadlock ${i}`,
    label: t("Deadlock: {0}", [...steps, waits[0]?.task ?? ""].join(" → ")),
    icon: "error",
    open: true,
    children: waits.map(waitNode),
  };
}

function waitNode({ task, cpu, on, holder, holderCpu, place, takenAt }: WaitState, i: number): ViewNode {
  const taken = takenAt === null ? [] : [place1("taken", t("{0} took {1}", holder, on), takenAt)];
  const waiting = place === null ? [] : [place1("waits", t("{0} waits", task), place)];
  return {
    id: `wait ${i}`,
    label: t("{0} (CPU {1}) waits for {2}", task, cpu, on),
    description: t("held by {0} (CPU {1})", holder, holderCpu),
    icon: "watch",
    place: place ?? takenAt,
    children: [...waiting, ...taken],
  };
}

function place1(id: string, label: string, place: NonNullable<WaitState["place"]>): ViewNode {
  return { id, label, description: placeText(place), icon: "go-to-file", place };
}

function cpuNode(cpu: CpuState, state: MachineState): ViewNode {
  const flags = [
    cpu.context,
    cpu.irqsDisabled ? t("irqs off") : t("irqs on"),
    t("preempt count {0}", cpu.preemptCount),
    ...(cpu.frozen ? [t("frozen")] : []),
    ...(cpu.id === state.executingCpu ? [t("executes")] : []),
  ];
  const waits = cpu.waitsFor === null ? [] : [{ id: "waits", label: cpu.waitsFor, icon: "watch" }];
  const pending = cpu.pendingInterrupts.map((vector) => ({
    id: `pending ${vector}`,
    label: t("interrupt {0} is pending", vector),
    icon: "zap",
  }));
  return {
    id: `cpu ${cpu.id}`,
    label: `CPU ${cpu.id}`,
    description: flags.join(" · "),
    icon: cpu.frozen ? "debug-pause" : "server-process",
    place: cpu.place,
    open: true,
    children: [
      ...cpu.contexts.map(({ title }, i) => ({
        id: `context ${i}`,
        label: title,
        icon: "layers",
        ...(i === 0 ? { place: cpu.place, description: cpu.place === null ? "" : placeText(cpu.place) } : {}),
      })),
      ...waits,
      ...cpu.locks.map((lock, i) => lockNode(lock, String(i))),
      ...pending,
    ],
  };
}

function lockNode(lock: LockState, id: string, task = ""): ViewNode {
  const variant = lock.variant === "plain" ? "" : ` (${lock.variant})`;
  const taken = lock.takenAt === null ? "" : `${t("taken at {0}", placeText(lock.takenAt))}, `;
  return {
    id: `lock ${id}`,
    label: task === "" ? t("holds {0}", lock.name + variant) : t("{0} holds {1}", task, lock.name + variant),
    description: `${taken}${t("for {0}", timeText(lock.heldNs))}`,
    icon: "lock",
    place: lock.takenAt,
  };
}

function group(id: string, label: string, icon: string, children: readonly ViewNode[]): ViewNode[] {
  return children.length === 0 ? [] : [{ id, label, icon, children }];
}
