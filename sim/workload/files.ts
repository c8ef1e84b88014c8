/** Files of sysfs, as an open file descriptor sees them. */
import { sysfs_list, sysfs_open } from "../kernel/net/socket.ts";
import { step } from "./step.ts";

/** An open file of sysfs. It outlives the module that made it. */
export interface SysfsFile {
  /** The text, or a negative errno. */
  read(): string | number;
  /** Bytes written, or a negative errno. */
  write(value: string | number): number;
  close(): void;
}

/** A file that could not be opened: everything fails with the same errno. */
class MissingFile implements SysfsFile {
  readonly errno: number;
  constructor(errno: number) {
    this.errno = errno;
  }
  read(): number {
    return this.errno;
  }
  write(): number {
    return this.errno;
  }
  close(): void {}
}

/** Opens a file such as /sys/class/net/eth0/mtu. If there is none, reading and writing it fails. */
export function sysfs(path: string): SysfsFile {
  step(`open ${path}`);
  const file = sysfs_open(path);
  if (typeof file === "number") return new MissingFile(file);
  return {
    read() {
      step(`read ${path}`);
      return file.read();
    },
    write(value) {
      step(`write ${path}`);
      return file.write(String(value));
    },
    close() {
      step(`close ${path}`);
      file.close();
    },
  };
}

/** Names in a folder of sysfs. */
export function sysfsList(path: string): string[] {
  return sysfs_list(path);
}
