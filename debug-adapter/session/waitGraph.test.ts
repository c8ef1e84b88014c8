import { expect, test } from "vitest";
import type { Task } from "../../sim/machine/model.ts";
import { deadlocksOf, type Wait } from "./waitGraph.ts";

const task = (id: number): Task => ({ id }) as Task;
const [a, b, c] = [task(1), task(2), task(3)];

function wait(from: Task, holder: Task, on: string): Wait {
  return { task: from, holder, state: { on } as Wait["state"] };
}

test("waits that lead back are a deadlock, told once", () => {
  const circle = [wait(b, a, "left"), wait(a, b, "right")];
  expect(deadlocksOf(circle).map((waits) => waits.map(({ on }) => on))).toEqual([["right", "left"]]);
});

test("a task that waits for itself is one, too; who waits for it is no part of it", () => {
  const waits = [wait(a, a, "lock"), wait(b, a, "lock")];
  expect(deadlocksOf(waits).map((circle) => circle.length)).toEqual([1]);
});

test("a chain of waits is none", () => {
  expect(deadlocksOf([wait(a, b, "x"), wait(b, c, "y")])).toEqual([]);
});
