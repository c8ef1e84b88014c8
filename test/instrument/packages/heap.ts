import { Heap } from "heap-js";

export function main(log: Log, small: boolean): unknown {
  type Job = { name: string; priority: number };
  const heap = new Heap<Job>((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
  for (let i = 0; i < (small ? 6 : 80); i++) heap.push({ name: `j${i}`, priority: (i * 37) % 11 });
  log(
    heap.length,
    heap.peek(),
    heap.top(3).map((j) => j.name),
    heap.bottom(2).map((j) => j.name),
  );
  heap.remove(heap.peek()!);
  heap.limit = 5;
  const order = [...heap].map((j) => j.name + j.priority);
  const numbers = Heap.heapify([5, 3, 8, 1] as never) as never;
  return [
    order,
    heap.length,
    numbers,
    Heap.nlargest(3, [4, 9, 2, 7]),
    Heap.nsmallest(2, [4, 9, 2, 7]),
    Heap.heapreplace([1, 5, 3], 4),
  ];
}
