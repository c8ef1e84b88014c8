/**
 * Between the editor's URIs and the analysis' paths, without Node: `/` separates, drive letters are small as the editor
 * writes them, a UNC name begins with `//`. What is no `file:` stays as it is.
 */

const DRIVE = /^([A-Za-z]):(?=\/|$)/;

/** The path of a `file:` URI; any other URI is its own path. */
export function toPath(uri: string): string {
  const match = /^file:(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri);
  if (match === null) return uri;
  const [, authority = "", encoded = ""] = match;
  const path = normalize(decoded(encoded));
  if (authority !== "" && authority.toLowerCase() !== "localhost") return `//${authority}${path}`;
  return /^\/[A-Za-z]:(\/|$)/.test(path) ? normalize(path.slice(1)) : path;
}

/** The `file:` URI of a path, drive letters encoded as the editor does it; a URI stays one. */
export function toUri(path: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  const clean = normalize(path);
  const unc = /^\/\/([^/]+)(\/.*)?$/.exec(clean);
  if (unc) return `file://${unc[1]}${encoded(unc[2] ?? "/")}`;
  return `file://${encoded(DRIVE.test(clean) ? `/${clean}` : clean)}`;
}

/** One spelling for each path: `/`, and a small drive letter. */
export function normalize(path: string): string {
  return path.replaceAll("\\", "/").replace(DRIVE, (drive) => drive.toLowerCase());
}

/** Paths with equal keys are one file, where the file system does not tell cases apart (Windows, macOS). */
export function pathKey(path: string, foldsCase: boolean): string {
  const clean = normalize(path);
  // macOS writes accents apart, editors write them together
  return foldsCase ? clean.normalize("NFC").toLowerCase() : clean;
}

const encoded = (path: string): string =>
  path
    .split("/")
    .map((part) => encodeURIComponent(part))
    .join("/");

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // a % that encodes nothing stands for itself
    return path;
  }
}
