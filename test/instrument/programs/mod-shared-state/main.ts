import { seen, stop, transactions } from "./reducers.ts";
import { store, version } from "./store.ts";
export function main(log: Log): unknown {
  const start = version;
  store.a = 1;
  log(store.a, version - start);
  const versions: number[] = [];
  for (const v of transactions(["b", () => 5], ["b", (x) => x * 2], ["c", (x) => x ?? "new"])) {
    versions.push(v - start);
    if (versions.length === 2) break;
  }
  const kept = { ...store };
  const [...all] = transactions(["b", () => 1], ["b", (x) => x + 1]);
  let failed: unknown;
  try {
    for (const _ of transactions(["a", () => 0], ["d", () => null!.x])) log("step");
  } catch (error) {
    failed = (error as Error).name;
  }
  stop();
  store.a = 100;
  return [versions, kept, all.length, failed, { ...store }, seen.length, seen.slice(-4), "a" in store, Object.keys(store)];
}
declare global {
  interface Object {
    never?: never;
  }
}
