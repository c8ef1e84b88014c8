/** From what a user points at to what can be watched. */
import type * as t from "@babel/types";
import type { LockLike } from "../../sim/machine/events.ts";
import { peek } from "../../sim/machine/freed-memory.ts";
import { messageOf } from "../errors.ts";
import { parse } from "../expressions/parse.ts";
import { lockName } from "../session/lockName.ts";
import type { Run } from "../session/run.ts";
import type { Session } from "../session/session.ts";
import { FrameContainer } from "../variables/frameScopes.ts";
import { mappingAt, registerAt, registerNamed } from "./memory.ts";
import { pathOfObject, pathOfVariable, read, type StablePath } from "./stablePath.ts";
import type { Target } from "./target.ts";

export interface Pointed {
  readonly name: string;
  readonly variablesReference?: number;
  readonly frameId?: number;
  readonly bytes?: number;
  readonly asAddress?: boolean;
}

const MOST_BYTES = 65_536;

/** The target, or why there is none. */
export function findTarget(session: Session, pointed: Pointed): Target | string {
  const { name, variablesReference, asAddress } = pointed;
  if (asAddress === true) return byAddress(session.live, name, pointed.bytes ?? 1);
  if (variablesReference !== undefined && variablesReference > 0)
    return byVariable(session, variablesReference, name);
  return byExpression(session, name, pointed.frameId);
}

function byAddress(run: Run, text: string, bytes: number): Target | string {
  const address = Number(text.trim());
  if (!Number.isSafeInteger(address) || address < 0) return `${text} is no address: write one as 0x1000000`;
  const register = registerAt(run, address);
  if (register !== null) return registerTarget(register);
  if (bytes < 1 || bytes > MOST_BYTES) return `from 1 to ${MOST_BYTES} bytes can be watched, not ${bytes}`;
  const where = `0x${address.toString(16)}`;
  if (mappingAt(run, address, bytes) === null)
    return `nothing is mapped at ${where}: bus addresses of live DMA mappings and registers of cards can be watched`;
  return { kind: "bytes", address, bytes, label: bytes === 1 ? where : `${bytes} bytes at ${where}` };
}

function registerTarget({ card, register }: NonNullable<ReturnType<typeof registerAt>>): Target {
  return { kind: "register", card: card.name, register: register.name, label: register.name };
}

function byVariable(session: Session, reference: number, name: string): Target | string {
  const container = session.tree.get(reference);
  if (container === undefined) return "these variables are gone: the program has moved on";
  const { live: run } = session;
  const part = container.find?.(name);
  if (part?.watch !== undefined) return part.watch;
  if (container.object !== undefined)
    return ofProperty(run, container.object, name, part?.evaluateName ?? name);
  const root = session.tree.get(session.tree.rootOf(reference));
  if (!(root instanceof FrameContainer)) return `${name} cannot be watched: it is no variable of the program`;
  return ofVariable(run, root, name);
}

function byExpression(session: Session, text: string, frameId: number | undefined): Target | string {
  const { live: run } = session;
  const frame = session.frames.frame(frameId);
  let node: t.Node;
  try {
    node = parse(text);
  } catch (error) {
    return messageOf(error);
  }
  if (node.type === "Identifier") {
    const found = frame === null ? `${text}: choose a frame` : ofVariable(run, frame, text);
    const register = typeof found === "string" ? registerNamed(run, text) : null;
    return register === null ? found : registerTarget(register);
  }
  if (node.type !== "MemberExpression") return `${text} is no variable, property or register`;
  const cpu = frame?.cpu ?? session.stop?.cpu ?? 0;
  const evaluate = ({ start, end }: t.Node): unknown =>
    run.evaluate(text.slice(start ?? 0, end ?? text.length), cpu, frame?.frame ?? null, false);
  try {
    const object = evaluate(node.object);
    const key = node.computed ? evaluate(node.property) : (node.property as t.Identifier).name;
    if (typeof object !== "object" || object === null) return `${text} is no property of an object`;
    return ofProperty(run, object, String(key), text);
  } catch (error) {
    return messageOf(error);
  }
}

function ofVariable(run: Run, { frame }: FrameContainer, name: string): Target | string {
  const path = pathOfVariable(run, frame, name);
  return path === null ? `${name} is no variable of this function or its module` : target(run, path, name);
}

function ofProperty(run: Run, object: object, key: string, label: string): Target | string {
  const value = peek(object, key);
  if (isLock(value)) return lockTarget(run, value);
  const path = pathOfObject(run, object);
  if (path === null)
    return `${label} cannot be found again when time is travelled: nothing leads to its object`;
  return target(run, { root: path.root, keys: [...path.keys, key] }, label);
}

function target(run: Run, path: StablePath, label: string): Target {
  const value = read(run, path);
  return isLock(value) ? lockTarget(run, value) : { kind: "value", ...path, label };
}

/** A lock is watched as such: taken, released, waited for. */
export function lockTarget(run: Run, lock: LockLike): Target {
  return { kind: "lock", lock: lock.id, label: `lock ${lockName(run, lock)}` };
}

function isLock(value: unknown): value is LockLike {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof peek(value, "lockName") === "string" &&
    typeof peek(value, "lockClass") === "string" &&
    typeof peek(value, "id") === "number"
  );
}
