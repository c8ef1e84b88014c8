/** Names of locks for people: `&snull_priv->lock`, `xmit_lock`. One that lies in no device is called as it was declared. */
import type { LockLike } from "../../sim/machine/events.ts";
import type { Task } from "../../sim/machine/model.ts";
import type { Run } from "./run.ts";

/** A class that is called by the place of its initialisation. */
const PLACE = /^(.*\.ts):(\d+)(?::\d+)?$/;
const DECLARED = /(?:\b(?:const|let|var|static|readonly)\s+)+([\w$]+)/;
const ASSIGNED = /([\w$.#]+)\s*=[^=]/;

export function lockName(run: Run, lock: LockLike): string {
  const name = run.lab.rules.state.lockName(lock);
  if (!name.startsWith("the lock of ")) return name;
  const [, file = "", line = ""] = PLACE.exec(lock.lockClass) ?? [];
  return declaredAt(run, file, Number(line)) ?? name;
}

/** What a task waits for, in words. */
export function waitText(run: Run, { waitsFor, waitsOn }: Task): string {
  if (waitsFor === null) return "";
  return isLock(waitsOn) ? waitsFor.replace(waitsOn.lockName, () => lockName(run, waitsOn)) : waitsFor;
}

function isLock(object: { readonly id: number } | null): object is LockLike {
  return object !== null && "lockName" in object && "lockClass" in object;
}

function declaredAt(run: Run, file: string, line: number): string | undefined {
  for (const module of run.lab.modules.keys()) {
    if (module.file !== file) continue;
    const text = module.source.split("\n")[line - 1] ?? "";
    return (DECLARED.exec(text) ?? ASSIGNED.exec(text))?.[1];
  }
  return undefined;
}
