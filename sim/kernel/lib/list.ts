/**
 * Doubly linked lists (include/linux/list.h). A node knows the structure that it is part of (C computes it): write
 * `list = new list_head<my_struct>(this)`, or pass the structure itself where C passes its node. In memory of kmalloc a plain
 * `list = new list_head<my_struct>()` will do.
 */
import { check_arg } from "../kernel/misuse.ts";

/** A node, or the head of a list. `new list_head<my_struct>(this)` makes a node that knows its structure. */
export class list_head<T = unknown> {
  next: list_head<T> = this;
  prev: list_head<T> = this;
  /** The structure that the node is in (C finds it by container_of); null for a head. */
  entry: T | null;
  constructor(entry: T | null = null) {
    this.entry = entry;
  }
}

/** The nodes of structures that have none of their own. */
const nodes = new WeakMap<object, list_head<unknown>>();

/** The node that is meant: itself, or that of a structure. */
function node_of<T>(fn: string, node: list_head<T> | T): list_head<T> {
  if (node instanceof list_head) return node;
  check_arg(fn, "node", node, "object");
  const known = nodes.get(node as object) as list_head<T> | undefined;
  if (known !== undefined) return known;
  const made = new list_head<T>(node);
  nodes.set(node as object, made as list_head<unknown>);
  return made;
}

/** Makes a head (or node) an empty list. Linux include/linux/list.h: INIT_LIST_HEAD. */
export function INIT_LIST_HEAD<T>(list: list_head<T>): void {
  check_arg("INIT_LIST_HEAD", "list", list, list_head);
  list.next = list;
  list.prev = list;
}

/** An empty list. Linux include/linux/list.h: LIST_HEAD. */
export function LIST_HEAD<T>(): list_head<T> {
  return new list_head<T>();
}

function insert<T>(node: list_head<T>, prev: list_head<T>, next: list_head<T>): void {
  next.prev = node;
  node.next = next;
  node.prev = prev;
  prev.next = node;
}

/** Adds a node at the front. The caller has the lock. Linux include/linux/list.h: list_add. */
export function list_add<T>(node: list_head<T> | T, head: list_head<T>): void {
  check_arg("list_add", "head", head, list_head);
  insert(node_of("list_add", node), head, head.next);
}

/** Adds a node at the end. The caller has the lock. Linux include/linux/list.h: list_add_tail. */
export function list_add_tail<T>(node: list_head<T> | T, head: list_head<T>): void {
  check_arg("list_add_tail", "head", head, list_head);
  insert(node_of("list_add_tail", node), head.prev, head);
}

function unlink<T>(node: list_head<T>): void {
  node.next.prev = node.prev;
  node.prev.next = node.next;
}

/** What list_del leaves in the node (LIST_POISON): using it is an oops. */
const poison = null as never;

/** Takes a node off its list; it is poisoned. The caller has the lock. Linux include/linux/list.h: list_del. */
export function list_del<T>(entry: list_head<T> | T): void {
  const node = node_of("list_del", entry);
  check_arg("list_del", "node.next (was the node deleted already?)", node.next, list_head);
  unlink(node);
  node.next = poison;
  node.prev = poison;
}

/** Takes a node off its list and makes it an empty list. Linux include/linux/list.h: list_del_init. */
export function list_del_init<T>(entry: list_head<T> | T): void {
  const node = node_of("list_del_init", entry);
  check_arg("list_del_init", "node.next (was the node deleted already?)", node.next, list_head);
  unlink(node);
  INIT_LIST_HEAD(node);
}

/** Moves a node to the front of a list. Linux include/linux/list.h: list_move. */
export function list_move<T>(entry: list_head<T> | T, head: list_head<T>): void {
  const node = node_of("list_move", entry);
  check_arg("list_move", "node.next (was the node deleted already?)", node.next, list_head);
  unlink(node);
  list_add(node, head);
}

/** Moves a node to the end of a list. Linux include/linux/list.h: list_move_tail. */
export function list_move_tail<T>(entry: list_head<T> | T, head: list_head<T>): void {
  const node = node_of("list_move_tail", entry);
  check_arg("list_move_tail", "node.next (was the node deleted already?)", node.next, list_head);
  unlink(node);
  list_add_tail(node, head);
}

/** True if there is no node. Linux include/linux/list.h: list_empty. */
export function list_empty<T>(head: list_head<T>): boolean {
  check_arg("list_empty", "head", head, list_head);
  return head.next === head;
}

/** Moves all nodes of `list` to the front of `head`; `list` is not initialised. Linux include/linux/list.h: list_splice. */
export function list_splice<T>(list: list_head<T>, head: list_head<T>): void {
  if (list_empty(list)) return;
  const first = list.next;
  const last = list.prev;
  const at = head.next;
  first.prev = head;
  head.next = first;
  last.next = at;
  at.prev = last;
}

/** list_splice that leaves `list` empty. Linux include/linux/list.h: list_splice_init. */
export function list_splice_init<T>(list: list_head<T>, head: list_head<T>): void {
  list_splice(list, head);
  INIT_LIST_HEAD(list);
}

/** The structure of a node. Linux include/linux/list.h: list_entry. */
export function list_entry<T>(node: list_head<T>): T {
  check_arg("list_entry", "node", node, list_head);
  check_arg("list_entry", "node.entry", node.entry, "object");
  return node.entry as T;
}

/** The structures of a list in order: `for (const p of list_for_each_entry(head))`; do not delete the current one. Linux include/linux/list.h. */
export function* list_for_each_entry<T>(head: list_head<T>): Generator<T, void, void> {
  check_arg("list_for_each_entry", "head", head, list_head);
  for (let node = head.next; node !== head; node = node.next) yield list_entry(node);
}

/** list_for_each_entry where the current one may be deleted. Linux include/linux/list.h: list_for_each_entry_safe. */
export function* list_for_each_entry_safe<T>(head: list_head<T>): Generator<T, void, void> {
  check_arg("list_for_each_entry_safe", "head", head, list_head);
  for (let node = head.next, next = node.next; node !== head; node = next, next = node.next)
    yield list_entry(node);
}

/** list_for_each_entry from the end. Linux include/linux/list.h: list_for_each_entry_reverse. */
export function* list_for_each_entry_reverse<T>(head: list_head<T>): Generator<T, void, void> {
  check_arg("list_for_each_entry_reverse", "head", head, list_head);
  for (let node = head.prev; node !== head; node = node.prev) yield list_entry(node);
}
