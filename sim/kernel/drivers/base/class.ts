/** Devices of a class, and their attributes in sysfs (include/linux/device.h, drivers/base/class.c). */
import { driver_call, emit, object_id } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import {
  DECLARE_WAIT_QUEUE_HEAD,
  wait_event,
  type wait_queue_head_t,
  wake_up_all,
} from "../../kernel/wait.ts";
import { EEXIST, EINVAL, EIO, ENODEV } from "../../lib/errno.ts";

/** A page to print into: `show` may return its text, or fill this by sprintf and return the length. */
export interface sysfs_buffer {
  v: string;
}

/** `show` of an attribute: returns the text, or the number of characters that it put in `buf`, or a negative errno. */
export type class_device_show = (cd: class_device, buf: sysfs_buffer) => string | number;
/** `store` of an attribute: gets what was written; returns the number of characters taken (`count`), or a negative errno. */
export type class_device_store = (cd: class_device, buf: string, count: number) => number;

/** An attribute of a class device: one file. */
export class class_device_attribute {
  readonly id = object_id("attribute");
  name = "";
  mode = 0o444;
  show: class_device_show | null = null;
  store: class_device_store | null = null;
  /** @internal True for attributes of the kernel's own. */
  internal = false;
}

/** A device as its class shows it in sysfs: /sys/class/net/eth0. */
export class class_device {
  class_id = "";
  /** The object that it belongs to. */
  class_data: unknown = null;
  /** Hardware behind it (SET_NETDEV_DEV). */
  dev: object | null = null;
  /** @internal */
  class_name = "";
  /** @internal Open files and the registration. */
  refcount = 1;
  /** @internal Called when the last reference goes. */
  release: (() => void) | null = null;
  /** @internal */
  registered = false;
  /** @internal */
  attributes: attribute_file[] = [];
}

/** @internal One attribute of one device, with its users. */
export class attribute_file {
  readonly id = object_id("sysfs-file");
  attribute: class_device_attribute;
  /** Directory below the device's ("statistics"), or "". */
  group: string;
  removed = false;
  active = 0;
  idle: wait_queue_head_t = DECLARE_WAIT_QUEUE_HEAD();

  constructor(attribute: class_device_attribute, group: string) {
    this.attribute = attribute;
    this.group = group;
    this.idle.name = `show or store of ${attribute.name}`;
  }
}

/**
 * Declares an attribute: `const class_device_attr_x = CLASS_DEVICE_ATTR("x", 0o444, show, store)`.
 * Linux include/linux/device.h: CLASS_DEVICE_ATTR
 */
export function CLASS_DEVICE_ATTR(
  name: string,
  mode: number,
  show: class_device_show | null,
  store: class_device_store | null,
): class_device_attribute {
  check_arg("CLASS_DEVICE_ATTR", "name", name, "string");
  const attr = new class_device_attribute();
  attr.name = name;
  attr.mode = mode;
  attr.show = show;
  attr.store = store;
  return attr;
}

/** Adds a file to a device's directory. @returns 0, or -EEXIST @context process. Linux drivers/base/class.c: class_device_create_file */
export function class_device_create_file(cd: class_device, attr: class_device_attribute): number {
  check_arg("class_device_create_file", "class_dev", cd, class_device);
  check_arg("class_device_create_file", "attr", attr, class_device_attribute);
  if (find_attribute(cd, "", attr.name) !== null) return -EEXIST;
  cd.attributes.push(new attribute_file(attr, ""));
  return 0;
}

/** Takes a file away; waits for a running show or store (unlike 2.6.16). @context process; may sleep. Linux drivers/base/class.c: class_device_remove_file */
export function class_device_remove_file(cd: class_device, attr: class_device_attribute): void {
  check_arg("class_device_remove_file", "class_dev", cd, class_device);
  check_arg("class_device_remove_file", "attr", attr, class_device_attribute);
  const file = cd.attributes.find((f) => f.attribute === attr);
  if (file !== undefined) remove_file(cd, file);
}

function remove_file(cd: class_device, file: attribute_file): void {
  cd.attributes = cd.attributes.filter((other) => other !== file);
  file.removed = true;
  emit({ type: "wait-for", fn: "class_device_remove_file", what: "attribute", id: file.attribute.id });
  if (file.active > 0) wait_event(file.idle, () => file.active === 0);
}

/** @internal Takes all files away; the kernel's own need no waiting (they look whether the device lives). */
export function remove_all_files(cd: class_device): void {
  for (const file of cd.attributes.slice()) {
    if (file.attribute.internal) cd.attributes = cd.attributes.filter((other) => other !== file);
    else remove_file(cd, file);
  }
}

/** @internal Adds a file of the kernel's own. */
export function add_internal_file(cd: class_device, group: string, attr: class_device_attribute): void {
  attr.internal = true;
  cd.attributes.push(new attribute_file(attr, group));
}

/** @internal */
export function find_attribute(cd: class_device, group: string, name: string): attribute_file | null {
  return cd.attributes.find((f) => f.group === group && f.attribute.name === name) ?? null;
}

/** What the driver keeps for a class device. @context any. Linux include/linux/device.h: class_get_devdata */
export function class_get_devdata<T>(cd: class_device): T {
  check_arg("class_get_devdata", "class_dev", cd, class_device);
  return cd.class_data as T;
}

/** Sets what {@link class_get_devdata} returns. @context any. Linux include/linux/device.h: class_set_devdata */
export function class_set_devdata(cd: class_device, data: unknown): void {
  check_arg("class_set_devdata", "class_dev", cd, class_device);
  cd.class_data = data;
}

/** Takes a reference. @context any. Linux drivers/base/class.c: class_device_get */
export function class_device_get(cd: class_device): class_device {
  check_arg("class_device_get", "class_dev", cd, class_device);
  cd.refcount++;
  return cd;
}

/** Gives a reference back; the last one frees what the device belongs to. @context process. Linux drivers/base/class.c: class_device_put */
export function class_device_put(cd: class_device): void {
  check_arg("class_device_put", "class_dev", cd, class_device);
  cd.refcount--;
  if (cd.refcount === 0) cd.release?.();
}

/** @internal Reads an attribute (fs/sysfs/file.c: fill_read_buffer). */
export function attribute_show(cd: class_device, file: attribute_file): string | number {
  const { attribute } = file;
  if (file.removed) return -ENODEV;
  if (attribute.show === null) return -EIO;
  const buf: sysfs_buffer = { v: "" };
  if (attribute.internal) return text_of(attribute.show(cd, buf), buf);
  file.active++;
  const result = driver_call("show", attribute, attribute.show, cd, buf);
  leave(file);
  return text_of(result, buf);
}

function text_of(result: string | number, buf: sysfs_buffer): string | number {
  if (typeof result === "string") return result;
  if (typeof result !== "number") {
    emit({
      type: "api-misused",
      fn: "show",
      message: "show() must return text, a length or a negative errno",
    });
    return -EINVAL;
  }
  return result < 0 ? result : buf.v.slice(0, result);
}

/** @internal Writes an attribute (fs/sysfs/file.c: flush_write_buffer). */
export function attribute_store(cd: class_device, file: attribute_file, text: string): number {
  const { attribute } = file;
  if (file.removed) return -ENODEV;
  if (attribute.store === null) return -EIO;
  if (attribute.internal) return attribute.store(cd, text, text.length);
  file.active++;
  const result = driver_call("store", attribute, attribute.store, cd, text, text.length);
  leave(file);
  return result;
}

function leave(file: attribute_file): void {
  file.active--;
  if (file.active === 0 && file.removed) wake_up_all(file.idle);
}
