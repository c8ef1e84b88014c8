/** How much of the heap is in use: parked runs may take what is left, not what the session needs. */
import { getHeapStatistics } from "node:v8";

/** Is less than this share of the heap in use? */
export function heapBelow(share: number): boolean {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size < share * heap_size_limit;
}
