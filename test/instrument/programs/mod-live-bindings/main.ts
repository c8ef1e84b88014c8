import increment, { count, history, reset, state, Watch } from "./counter.ts";
import * as relay from "./relay.ts";
export function main(log: Log): unknown {
  reset();
  const out: unknown[] = [count, relay.count, relay.again];
  increment();
  increment(10);
  out.push(count, relay.count, relay.again, relay.snapshot, relay.live(), relay.all.renamed);
  const w = new Watch();
  out.push(w.now, w.now, count, Watch.current(), state?.mode);
  for (const [name, act] of Object.entries({
    assign: () => ((relay as any).count = 5),
    add: () => ((relay as any).fresh = 1),
    remove: () => delete (relay as any).count,
    define: () => Object.defineProperty(relay, "x", { value: 1 }),
  }))
    try {
      out.push(name, act());
    } catch (error) {
      out.push((error as Error).name);
    }
  const { count: copied, ...rest } = relay;
  increment(100);
  log(copied, count, Object.keys(rest).length, relay.history, history.length);
  return [out, Object.keys(relay), "count" in relay, "default" in relay, Object.getPrototypeOf(relay), Object.isExtensible(relay), String((relay as any)[Symbol.toStringTag])];
}
