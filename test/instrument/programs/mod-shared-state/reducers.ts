import { store, version, watch } from "./store.ts";
export const seen: string[] = [];
export const stop = watch((key, value) => {
  seen.push(`${key}=${value}@${version}`);
  if (key === "a" && (value as number) < 3) store.a++;
});
export function* transactions(...steps: [string, (old: any) => unknown][]): Generator<number, string> {
  const undo: (() => void)[] = [];
  let ok = false;
  try {
    for (const [key, f] of steps) {
      const old = store[key];
      undo.unshift(() => (old === undefined ? delete store[key] : (store[key] = old)));
      store[key] = f(old);
      yield version;
    }
    ok = true;
    return "committed";
  } finally {
    if (!ok) undo.forEach((u) => u());
  }
}
