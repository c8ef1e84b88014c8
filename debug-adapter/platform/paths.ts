/** Paths as we write them: `/` between the parts, whatever the system. A URI of another scheme than `file` counts as one. */
import { platform } from "./platform.ts";

const URI = /^[a-z][a-z0-9+.-]+:\/\//i;
const DRIVE = /^\/?[a-z]:\//i;

export function isAbsolute(path: string): boolean {
  const plain = path.replaceAll("\\", "/");
  return plain.startsWith("/") || DRIVE.test(plain) || URI.test(plain);
}

export function dirname(path: string): string {
  return path.replaceAll("\\", "/").replace(/\/[^/]*$/, "");
}

/** The absolute path of `path`, which may be relative to a folder (default: the working directory). */
export function resolvePath(path: string, folder?: string): string {
  const plain = path.replaceAll("\\", "/");
  const whole = isAbsolute(plain)
    ? plain
    : `${(folder ?? platform().workingDirectory).replaceAll("\\", "/")}/${plain}`;
  const root = URI.exec(whole)?.[0] ?? DRIVE.exec(whole)?.[0] ?? (whole.startsWith("//") ? "//" : "/");
  const parts: string[] = [];
  for (const part of whole.slice(root.length).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `${root}${parts.join("/")}`;
}

/** The path that a `file:` URI names. */
export function pathOfFileUri(uri: string): string {
  const { host, pathname } = new URL(uri);
  const path = decodeURIComponent(pathname);
  if (host !== "") return `//${host}${path}`;
  return DRIVE.test(path) ? path.slice(1) : path;
}

/** A path as a URI; what is one already stays. */
export function uriOfPath(path: string): string {
  if (URI.test(path)) return path;
  const encoded = encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  return encoded.startsWith("//")
    ? `file:${encoded}`
    : `file://${encoded.startsWith("/") ? "" : "/"}${encoded}`;
}
