/** What udev and its like hear (lib/kobject_uevent.c): devices come and go. */
import { DECLARE_WAIT_QUEUE_HEAD, wait_event, wake_up_all } from "../../kernel/wait.ts";

/** One message to user space. */
export interface uevent {
  readonly action: "add" | "remove";
  /** Name of the network device. */
  readonly name: string;
}

const listeners = DECLARE_WAIT_QUEUE_HEAD();
listeners.name = "the next uevent";
const events: uevent[] = [];

/** Tells user space (lib/kobject_uevent.c: kobject_uevent). */
export function kobject_uevent(action: "add" | "remove", name: string): void {
  events.push({ action, name });
  wake_up_all(listeners);
}

/** Number of messages so far: where a new listener starts. */
export function uevent_count(): number {
  return events.length;
}

/** Message number `n`; blocks until there is one. */
export function uevent_wait(n: number): uevent {
  wait_event(listeners, () => events.length > n);
  return events[n]!;
}
