/** Notifier chains (kernel/sys.c, include/linux/notifier.h). */
import { driver_call, object_id } from "machine";
import { check_arg } from "./misuse.ts";

export const NOTIFY_DONE = 0x0000;
export const NOTIFY_OK = 0x0001;
export const NOTIFY_STOP_MASK = 0x8000;
export const NOTIFY_BAD = NOTIFY_STOP_MASK | 0x0002;
export const NOTIFY_STOP = NOTIFY_OK | NOTIFY_STOP_MASK;

export type notifier_fn = (self: notifier_block, event: number, data: never) => number;

/** Somebody who wants to be told (struct notifier_block). */
export class notifier_block {
  readonly id = object_id("notifier");
  notifier_call: notifier_fn | null = null;
  next: notifier_block | null = null;
  /** Higher ones are told first. */
  priority = 0;
  /** The kernel's own: called directly. */
  internal = false;
}

/** The head of a chain (in 2.6.16 a `struct notifier_block *`). */
export class notifier_head {
  head: notifier_block | null = null;
}

/** Adds to a chain, by priority. The caller excludes others. @returns 0. Linux kernel/sys.c: notifier_chain_register. */
export function notifier_chain_register(list: notifier_head, n: notifier_block): number {
  check_arg("notifier_chain_register", "list", list, notifier_head);
  check_arg("notifier_chain_register", "n", n, notifier_block);
  let before: notifier_block | null = null;
  let at = list.head;
  while (at !== null && n.priority <= at.priority) {
    before = at;
    at = at.next;
  }
  n.next = at;
  if (before === null) list.head = n;
  else before.next = n;
  return 0;
}

/** Takes off a chain. @returns 0, or -ENOENT. Linux kernel/sys.c: notifier_chain_unregister. */
export function notifier_chain_unregister(list: notifier_head, n: notifier_block): number {
  check_arg("notifier_chain_unregister", "list", list, notifier_head);
  check_arg("notifier_chain_unregister", "n", n, notifier_block);
  let before: notifier_block | null = null;
  for (let at = list.head; at !== null; before = at, at = at.next) {
    if (at !== n) continue;
    if (before === null) list.head = n.next;
    else before.next = n.next;
    return 0;
  }
  return -2;
}

/** Tells all of a chain until one answers with NOTIFY_STOP_MASK. @returns the last answer. Linux kernel/sys.c: notifier_call_chain. */
export function notifier_call_chain(list: notifier_head, event: number, data: unknown): number {
  check_arg("notifier_call_chain", "list", list, notifier_head);
  let ret = NOTIFY_DONE;
  let next: notifier_block | null;
  for (let nb = list.head; nb !== null; nb = next) {
    next = nb.next;
    const call = nb.notifier_call;
    if (call === null) continue;
    ret = nb.internal ? call(nb, event, data as never) : driver_call("notifier", nb, call, nb, event, data);
    if (ret & NOTIFY_STOP_MASK) break;
  }
  return ret;
}
