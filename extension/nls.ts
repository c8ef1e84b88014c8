/** Takes the texts out of what package.json contributes, so that they can be translated: `%key%` there, the text in package.nls.json. */

/** Properties whose strings a user reads. */
const TEXTS = new Set([
  "title",
  "description",
  "name",
  "contents",
  "label",
  "enumDescriptions",
  "displayName",
  "userDescription",
]);
/** Parts in which names are not for reading, or belong to the user's own files. */
const NOT_FOR_READING = new Set(["body", "initialConfigurations", "default", "media", "inputSchema"]);
const PRODUCT = "Netdev Lab";

export interface Localised {
  /** As in package.json. */
  readonly contributes: unknown;
  /** Key → English. */
  readonly texts: Readonly<Record<string, string>>;
}

export function localised(contributes: unknown): Localised {
  const texts: Record<string, string> = {};
  const visit = (value: unknown, path: string, name: string): unknown => {
    if (typeof value === "string") {
      const isId = name === "name" && !path.startsWith("views.");
      if (!TEXTS.has(name) || isId || value === PRODUCT) return value;
      if (texts[path] !== undefined) throw new Error(`two texts have the key ${path}`);
      texts[path] = value;
      return `%${path}%`;
    }
    if (Array.isArray(value)) return value.map((part, i) => visit(part, join(path, nameOf(part, i)), name));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        NOT_FOR_READING.has(key) ? part : visit(part, join(path, key), key),
      ]),
    );
  };
  return { contributes: visit(contributes, "", ""), texts };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** Stable when others are added before it. */
function nameOf(part: unknown, i: number): string {
  const { id, command, view, type, toolReferenceName } = (part ?? {}) as Record<string, unknown>;
  return String(id ?? command ?? view ?? toolReferenceName ?? type ?? i).replace(/^netdev-lab\./, "");
}
