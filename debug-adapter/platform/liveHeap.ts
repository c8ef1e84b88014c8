/** How much of the heap is really in use: what waits for the garbage collector does not count. */
import { constants, PerformanceObserver } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

export class LiveHeap {
  /** What a full collection left last; infinite before the first one. */
  #left = Number.POSITIVE_INFINITY;

  constructor() {
    const observer = new PerformanceObserver((list) => {
      const isFull = (entry: object): boolean =>
        (entry as { detail?: { kind?: number } }).detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
      if (list.getEntries().some(isFull)) this.#left = getHeapStatistics().used_heap_size;
    });
    observer.observe({ entryTypes: ["gc"] });
  }

  /** Is less than this share of the heap in use? */
  below(share: number): boolean {
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    return Math.min(used_heap_size, this.#left) < share * heap_size_limit;
  }
}
