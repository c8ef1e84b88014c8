/** Numbers by which a client speaks of frames and of values in its console. */
import { UserError } from "../errors.ts";
import type { Container } from "../variables/container.ts";
import { FrameContainer } from "../variables/frameScopes.ts";
import { HandleTree } from "../variables/handles.ts";
import type { Run } from "./run.ts";

export class FrameNumbers {
  readonly tree = new HandleTree<Container>((key) => this.#topLevel(key));
  readonly #run: () => Run | null;
  readonly #consoleValues = new Map<string, Container>();

  constructor(run: () => Run | null) {
    this.#run = run;
  }

  /** Another program runs. */
  clear(): void {
    this.#consoleValues.clear();
    this.tree.moved();
  }

  /** Keeps a value of the console, so that the client can expand it. */
  keep(container: Container): number {
    const key = `console:${this.#consoleValues.size}`;
    this.#consoleValues.set(key, container);
    return this.tree.id(0, key, container);
  }

  /** The number of a frame: the same activation has the same one at every stop. */
  of(container: FrameContainer): number {
    return this.tree.id(0, keyOf(container.cpu, container.frame), container);
  }

  /** The frame that a client means; null if it names none. */
  frame(id: number | undefined): FrameContainer | null {
    if (id === undefined || id === 0) return null;
    const frame = this.tree.get(id);
    if (!(frame instanceof FrameContainer))
      throw new UserError("this frame is gone: the program has moved on");
    return frame;
  }

  #topLevel(key: string): Container | undefined {
    const kept = this.#consoleValues.get(key);
    if (kept !== undefined) return kept;
    const run = this.#run();
    const [kind, cpuText] = key.split(":");
    if (kind !== "frame" || run === null) return undefined;
    const cpu = Number(cpuText);
    const found = run.frames(cpu).find(({ frame }) => keyOf(cpu, frame) === key);
    return found === undefined ? undefined : new FrameContainer(run, cpu, found.frame);
  }
}

function keyOf(cpu: number, { fn, depth }: FrameContainer["frame"]): string {
  return `frame:${cpu}:${depth}:${fn.module.id}:${fn.name}:${fn.range.line}`;
}
