/** Names of locks for people. A lock that was initialised in its declaration is called by that place; its variable's name says more. */
import type { Run } from "./run.ts";

/** `/home/me/snull.ts:19:14`, alone or within a sentence. */
const PLACE = /(\/|linux:\/)[^\s:]*?([^\s:/]+\.ts):(\d+)(?::\d+)?/g;
const DECLARED = /(?:\b(?:const|let|var|static|readonly)\s+)+([\w$]+)/;
const ASSIGNED = /([\w$.#]+)\s*=[^=]/;

/** A lock's name, or a sentence with one, with places replaced by what is declared there. */
export function lockText(run: Run, text: string): string {
  if (!text.includes(".ts:")) return text;
  return text.replace(PLACE, (place: string, _root: string, base: string, line: string) => {
    const file = place.slice(0, place.indexOf(".ts:") + 3);
    return declaredAt(run, file, Number(line)) ?? `${base}:${line}`;
  });
}

function declaredAt(run: Run, file: string, line: number): string | undefined {
  for (const module of run.lab.modules.keys()) {
    if (module.file !== file) continue;
    const text = module.source.split("\n")[line - 1] ?? "";
    return (DECLARED.exec(text) ?? ASSIGNED.exec(text))?.[1];
  }
  return undefined;
}
