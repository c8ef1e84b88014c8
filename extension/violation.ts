/** The custom event by which the adapter tells of a violation the moment it happens. */
export const VIOLATION_EVENT = "netdev-lab/violation";

export type Severity = "error" | "warning" | "advice";

/** A place in a source; lines and columns count from 1, `file` is an absolute path. */
export interface Place {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Body of the event: a violation as `netdev-lab run --json` prints it, plus the rule's title. */
export interface Violation extends Place {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cpu: number | undefined;
  readonly context: string | undefined;
  readonly related: readonly Place[];
}

/** Reads an event's body; undefined if it is not one (an adapter of another version, for instance). */
export function readViolation(body: unknown): Violation | undefined {
  if (!isRecord(body)) return undefined;
  const place = readPlace(body);
  if (!place || typeof body.rule !== "string") return undefined;
  const related = Array.isArray(body.related) ? body.related : [];
  return {
    ...place,
    rule: body.rule,
    title: typeof body.title === "string" ? body.title : "",
    severity: body.severity === "warning" || body.severity === "advice" ? body.severity : "error",
    cpu: typeof body.cpu === "number" ? body.cpu : undefined,
    context: typeof body.context === "string" ? body.context : undefined,
    related: related.map(readPlace).filter((p) => p !== undefined),
  };
}

/**
 * Where the editor can show a violation: its own place, unless that lies in the simulated kernel (whose sources are no
 * files); then the nearest related place in a file, or the start of the model.
 */
export function shownPlace(violation: Violation, program: string): Place {
  const inFile = [violation, ...violation.related].find((place) => isUserFile(place.file));
  return inFile ?? { message: violation.message, file: program, line: 1, column: 1 };
}

/** The text of the Problems panel: what is wrong, then where in the machine. */
export function problemText(violation: Violation): string {
  const { message, title, cpu, context } = violation;
  const text = title === "" || message.includes(title) ? message : `${title}: ${message}`;
  const where = [cpu === undefined ? "" : `CPU ${cpu}`, context ?? ""].filter((part) => part !== "");
  return where.length === 0 ? text : `${text} [${where.join(", ")}]`;
}

/** Not the simulated kernel's: those are `linux:/…`. */
export function isUserFile(path: string): boolean {
  return /^(?:[\\/]|[a-z]:[\\/]|(?!linux:)[a-z][a-z0-9+.-]+:\/)/i.test(path);
}

function readPlace(value: unknown): Place | undefined {
  if (!isRecord(value)) return undefined;
  const { message, file, line, column } = value;
  if (typeof message !== "string" || typeof file !== "string" || typeof line !== "number") return undefined;
  return {
    message,
    file,
    line: Math.max(1, line),
    column: typeof column === "number" ? Math.max(1, column) : 1,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
