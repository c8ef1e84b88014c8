/** The call of a device's poll, by net_rx_action and by netpoll. */
import { driver_call, emit, oops } from "machine";
import type { net_device } from "./net_device.ts";
import type { softnet_data } from "./softnet.ts";

/** Calls a device's poll and tells the rules what it did. */
export function call_poll(queue: softnet_data, dev: net_device, budget: { v: number }): number {
  const quotaBefore = dev.quota;
  const budgetBefore = budget.v;
  const outer = queue.polling;
  queue.polling = dev;
  queue.delivered = 0;
  queue.completed = false;
  const schedules = dev.poll_schedules;
  if (dev.poll === null)
    oops(
      `Unable to handle kernel NULL pointer dereference: ${dev.name} is scheduled for polling, but has no poll`,
    );
  const result = driver_call("poll", dev, dev.poll, dev, budget);
  queue.polling = outer;
  emit({
    type: "poll-result",
    device: dev,
    result,
    delivered: queue.delivered,
    quotaBefore,
    // Whoever schedules it after it has completed renews the quota.
    quotaAfter: queue.completed && dev.poll_schedules !== schedules ? queue.quota_at_complete : dev.quota,
    budgetBefore,
    budgetAfter: budget.v,
    allowed: Math.min(quotaBefore, budgetBefore),
    onList: dev.poll_list !== null,
    completed: queue.completed,
  });
  return result;
}
