/**
 * Listens to a run and writes down what happens. A stretch of history that is run again (a journey through the past) says
 * nothing new: each event is taken once, by its number.
 */
import type { EventOf, EventType, LockLike, Stamped } from "../../sim/machine/events.ts";
import type { Context, CpuId } from "../../sim/machine/model.ts";
import { lockName } from "../session/lockName.ts";
import type { Run } from "../session/run.ts";
import { recordHardware } from "./hardwareLanes.ts";
import type { PacketLog } from "./packetLog.ts";
import type { Recording } from "./recording.ts";
import type { Entry } from "./track.ts";

/** What the recorder writes into now: the recording and the packets of the current timeline. */
export interface Record {
  readonly recording: Recording;
  readonly packets: PacketLog;
}

/** Hears events that are news for the current recording. */
export type Hear = <T extends EventType>(
  type: T,
  take: (event: Stamped<EventOf<T>>, to: Recording) => void,
) => void;

/** Records a run into `current()`, which is null while the run is on another timeline's course. */
export function record(run: Run, current: () => Record | null): void {
  const { machine } = run;
  let news: Record | null = null;
  // Told before the listeners by type would be wrong: all are asked in the same order, so one gate decides.
  const heard = new Map<EventType, (event: Stamped, to: Recording) => void>();
  const hear: Hear = (type, take) => {
    const before = heard.get(type);
    const now = take as unknown as (event: Stamped, to: Recording) => void;
    heard.set(
      type,
      before === undefined
        ? now
        : (event, to) => {
            before(event, to);
            now(event, to);
          },
    );
  };
  recordCpus(run, hear);
  recordHardware(hear);
  machine.onAny((event) => {
    news = current();
    if (news === null || event.n < news.recording.next) return;
    const { recording, packets } = news;
    heard.get(event.type)?.(event, recording);
    packets.take(event, machine);
    recording.next = event.n + 1;
    recording.nowNs = event.timeNs;
  });
}

export function cpuLane(cpu: CpuId): string {
  return `cpu${cpu}`;
}

function recordCpus(run: Run, hear: Hear): void {
  recordContexts(hear);
  recordLocks(run, hear);
  recordCallbacks(hear);
  const mark = <T extends EventType>(type: T, text: (event: Stamped<EventOf<T>>) => string): void =>
    hear(type, (event, to) => to.mark(event, cpuLane(event.cpu), event.cpu, "mark", text(event)));
  mark("interrupt-requested", ({ vector, target }) => `interrupt ${vector} requested for CPU ${target}`);
  mark("workload-step", ({ what }) => what);
  mark("printk", ({ text }) => `printk ${text.trimEnd()}`);
  mark("timer-fired", ({ timer }) => `timer ${timer.id} fires`);
  mark("queue-stopped", ({ device }) => `${device.name} queue stopped`);
  mark("queue-woken", ({ device }) => `${device.name} queue woken`);
  mark("tx-timeout", ({ device }) => `${device.name} transmit timeout`);
  mark("carrier", ({ device, on }) => `${device.name} carrier ${on ? "on" : "off"}`);
  const packet = <T extends EventType>(type: T, text: (event: Stamped<EventOf<T>>) => string): void =>
    hear(type, (event, to) => to.mark(event, cpuLane(event.cpu), event.cpu, "packet", text(event)));
  packet("skb-to-driver", ({ skb, device }) => `skb ${skb.id} to ${device.name}`);
  packet("skb-to-stack", ({ skb, fn }) => `skb ${skb.id} ${fn}`);
  packet("skb-delivered", ({ skb }) => `skb ${skb.id} delivered`);
  packet("skb-requeued", ({ skb, device }) => `skb ${skb.id} requeued by ${device.name}`);
  hear("violation", (event, to) => {
    const { rule, message, cpu } = event.violation;
    to.mark(event, cpuLane(cpu), cpu, "violation", `${rule}: ${message}`);
  });
}

function recordContexts(hear: Hear): void {
  hear("task-switched", (event, to) => {
    const lane = cpuLane(event.cpu);
    to.end(event, to.open(lane, "process"));
    if (!event.to.idle) to.begin(event, lane, event.cpu, "process", event.to.name);
  });
  hear("context-entered", (event, to) => {
    const { kind, name, cpu } = event.entered;
    if (kind !== "process") to.begin(event, cpuLane(cpu), cpu, kind, name);
  });
  hear("context-left", (event, to) => {
    const { kind, name, cpu } = event.left as Context;
    if (kind !== "process")
      to.end(
        event,
        to.open(cpuLane(cpu), kind, ({ text }) => text === name),
      );
  });
}

function recordLocks(run: Run, hear: Hear): void {
  const names = new Map<number, string>();
  const nameOf = (lock: LockLike): string => {
    let name = names.get(lock.id);
    if (name === undefined) names.set(lock.id, (name = lockName(run, lock)));
    return name;
  };
  hear("lock-contended", (event, to) => {
    to.begin(event, cpuLane(event.cpu), event.cpu, "wait", waiting(event.task.name, nameOf(event.lock)));
  });
  hear("lock-acquired", (event, to) => {
    const name = nameOf(event.lock);
    endAnywhere(event, to, "wait", waiting(event.task.name, name));
    to.begin(event, cpuLane(event.cpu), event.cpu, "lock", holding(name, event.task.name));
  });
  hear("lock-release", (event, to) =>
    endAnywhere(event, to, "lock", holding(nameOf(event.lock), event.task.name)),
  );
}

const waiting = (task: string, lock: string): string => `${task} waits for ${lock}`;
const holding = (lock: string, task: string): string => `${lock} held by ${task}`;

/** A task may have moved to another CPU since. */
function endAnywhere(event: Stamped, to: Recording, kind: "lock" | "wait", text: string): void {
  const same = (entry: Entry): boolean => entry.text === text;
  const here = to.open(cpuLane(event.cpu), kind, same);
  if (here !== undefined) {
    to.end(event, here);
    return;
  }
  for (const track of to.tracks.values()) {
    const last = track.entries.at(-1);
    if (track.kind === kind && last !== undefined && last.end === null && same(last)) {
      to.end(event, last);
      return;
    }
  }
}

function recordCallbacks(hear: Hear): void {
  const title = ({ name, slot }: { name: string; slot: string }): string => `${name} (${slot})`;
  hear("callback-entered", (event, to) => {
    to.begin(event, cpuLane(event.cpu), event.cpu, "callback", title(event));
  });
  hear("callback-left", (event, to) => {
    const text = title(event);
    to.end(
      event,
      to.open(cpuLane(event.cpu), "callback", (entry) => entry.text === text),
    );
  });
}
