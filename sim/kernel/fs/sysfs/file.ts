/** Files of sysfs as processes open them (fs/sysfs/file.c). An open file keeps the device's memory, not the module. */
import {
  type attribute_file,
  attribute_show,
  attribute_store,
  type class_device,
  class_device_get,
  class_device_put,
  find_attribute,
} from "../../drivers/base/class.ts";
import { EACCES, EBADF, EISDIR, ENOENT } from "../../lib/errno.ts";
import { dev_get_by_name, first_netdev } from "../../net/core/dev_list.ts";
import { dev_put } from "../../net/core/dev_refs.ts";

const CLASS_NET = "/sys/class/net";

/** An open file. */
export class sysfs_file {
  readonly path: string;
  readonly cd: class_device;
  readonly file: attribute_file;
  closed = false;

  constructor(path: string, cd: class_device, file: attribute_file) {
    this.path = path;
    this.cd = class_device_get(cd);
    this.file = file;
  }

  /** The text of the attribute, or a negative errno. */
  read(): string | number {
    if (this.closed) return -EBADF;
    return attribute_show(this.cd, this.file);
  }

  /** Writes; bytes taken, or a negative errno. */
  write(text: string): number {
    if (this.closed) return -EBADF;
    if ((this.file.attribute.mode & 0o222) === 0) return -EACCES;
    return attribute_store(this.cd, this.file, text);
  }

  /** Closes; the last one may free the device. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    class_device_put(this.cd);
  }
}

function parts_of(path: string): string[] | null {
  if (path !== CLASS_NET && !path.startsWith(`${CLASS_NET}/`)) return null;
  return path
    .slice(CLASS_NET.length)
    .split("/")
    .filter((part) => part !== "");
}

/** Opens a file by its full path; a negative errno if that fails. */
export function sysfs_open_path(path: string): sysfs_file | number {
  const parts = parts_of(path);
  if (parts === null) return -ENOENT;
  const [name, ...rest] = parts;
  if (name === undefined || rest.length === 0) return -EISDIR;
  const dev = dev_get_by_name(name);
  if (dev === null) return -ENOENT;
  const attribute = rest.length > 2 || !dev.class_dev.registered ? null : lookup(dev.class_dev, rest);
  const opened = attribute === null ? -ENOENT : new sysfs_file(path, dev.class_dev, attribute);
  dev_put(dev);
  return opened;
}

function lookup(cd: class_device, rest: readonly string[]): attribute_file | null {
  return rest.length === 1 ? find_attribute(cd, "", rest[0]!) : find_attribute(cd, rest[0]!, rest[1]!);
}

/** Names in a directory, in order of creation; none if there is no such directory. */
export function sysfs_readdir(path: string): string[] {
  const parts = parts_of(path);
  if (parts === null) return [];
  const [name, group = ""] = parts;
  if (name === undefined) return device_names();
  const dev = dev_get_by_name(name);
  if (dev === null) return [];
  const names = entries(dev.class_dev, group);
  dev_put(dev);
  return names;
}

function entries(cd: class_device, group: string): string[] {
  const names: string[] = [];
  for (const file of cd.attributes) {
    const entry = file.group === group ? file.attribute.name : group === "" ? file.group : null;
    if (entry !== null && !names.includes(entry)) names.push(entry);
  }
  return names;
}

function device_names(): string[] {
  const names: string[] = [];
  for (let dev = first_netdev(); dev !== null; dev = dev.next) names.push(dev.name);
  return names;
}
