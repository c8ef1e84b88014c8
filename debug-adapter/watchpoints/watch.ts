/**
 * One target of a data breakpoint, watched in one run. Values are compared at each statement, so that whoever changes
 * them is seen: the model, the kernel, native code, a card. Accesses that change nothing are seen where they are told: in
 * the model and the workload, at registers, and by cards.
 */
import { type AccessKind, CALL, LOAD } from "../../sim/instrument/monitor.ts";
import { isStore } from "../../sim/machine/accesses.ts";
import type { Listener } from "../../sim/machine/events.ts";
import type { Run } from "../session/run.ts";
import { bytesAt, mappingAt, peekRegister } from "./memory.ts";
import { snapshotOf } from "./snapshot.ts";
import { ABSENT, holder, read } from "./stablePath.ts";
import type { Target } from "./target.ts";

export type AccessType = "read" | "write" | "readWrite";

/** What was done to a target; a lock is written by whoever takes or releases it, and read by whoever waits for it. */
export interface Access {
  readonly how: "read" | "write" | "acquired" | "released" | "contended";
  /** By a card, not by a CPU. */
  readonly card?: string;
}

/** An access of the model or the workload; see `Monitor.due`. */
export interface SeenAccess {
  readonly object: unknown;
  readonly key: unknown;
  readonly kind: AccessKind;
  readonly args: readonly unknown[];
  /** Id of the module that makes it. */
  readonly module: string;
}

export abstract class Watch {
  protected readonly run: Run;
  protected readonly found: (access: Access) => void;

  constructor(run: Run, found: (access: Access) => void) {
    this.run = run;
    this.found = found;
  }

  /** Listens to the run; returns what ends that. */
  abstract listen(): () => void;
  /** The value as it is now, comparable by `isSame`; {@link ABSENT} while there is none. */
  abstract value(): unknown;
  /** An access of the model or the workload that is about to be made. */
  sees(_access: SeenAccess): void {}
  /** A change that was told already, where it was asked for. */
  expected(): boolean {
    return false;
  }
}

export function watchOf(run: Run, target: Target, found: (access: Access) => void): Watch {
  switch (target.kind) {
    case "value":
      return new ValueWatch(run, found, target);
    case "lock":
      return new LockWatch(run, found, target.lock);
    case "bytes":
      return new BytesWatch(run, found, target.address, target.bytes);
    case "register":
      return new RegisterWatch(run, found, target.card, target.register);
  }
}

const NOTHING = (): void => {};

function howOf(kind: AccessKind, key: unknown): "read" | "write" {
  return kind === LOAD || (kind === CALL && !isStore(key)) ? "read" : "write";
}

/** A property, an element, a variable. */
class ValueWatch extends Watch {
  readonly #path: Extract<Target, { kind: "value" }>;

  constructor(run: Run, found: (access: Access) => void, path: Extract<Target, { kind: "value" }>) {
    super(run, found);
    this.#path = path;
  }

  listen(): () => void {
    return NOTHING;
  }

  value(): unknown {
    return snapshotOf(read(this.run, this.#path));
  }

  override sees({ object, key, kind, module }: SeenAccess): void {
    if (kind === CALL) return;
    const { root, keys } = this.#path;
    const isMine =
      keys.length > 0
        ? String(key) === keys.at(-1) && object === holder(this.run, this.#path)
        : // an array stands for the memory of a module's variables
          root[0] === "module" && key === root[2] && module === root[1] && Array.isArray(object);
    if (isMine) this.found({ how: howOf(kind, key) });
  }
}

class LockWatch extends Watch {
  readonly #lock: number;

  constructor(run: Run, found: (access: Access) => void, lock: number) {
    super(run, found);
    this.#lock = lock;
  }

  listen(): () => void {
    const { machine } = this.run;
    const told =
      (how: Access["how"]): Listener<"lock-acquired" | "lock-release" | "lock-contended"> =>
      ({ lock }) => {
        if (lock.id === this.#lock) this.found({ how });
      };
    return all([
      machine.on("lock-acquired", told("acquired")),
      machine.on("lock-release", told("released")),
      machine.on("lock-contended", told("contended")),
    ]);
  }

  value(): unknown {
    return ABSENT;
  }
}

class RegisterWatch extends Watch {
  readonly #card: string;
  readonly #register: string;
  /** A write that was told when the driver made it has reached the card. */
  #arrived = false;

  constructor(run: Run, found: (access: Access) => void, card: string, register: string) {
    super(run, found);
    this.#card = card;
    this.#register = register;
  }

  listen(): () => void {
    const { machine } = this.run;
    const isMine = (card: { name: string }, register: string): boolean =>
      card.name === this.#card && register === this.#register;
    const told =
      (how: "read" | "write"): Listener<"mmio-read" | "mmio-write"> =>
      ({ card, register, posted }) => {
        if (!isMine(card, register)) return;
        this.found({ how });
        if (!posted) this.#arrived = true;
      };
    return all([
      machine.on("mmio-read", told("read")),
      machine.on("mmio-write", told("write")),
      machine.on("mmio-arrived", ({ card, register }) => {
        if (isMine(card, register)) this.#arrived = true;
      }),
    ]);
  }

  value(): unknown {
    return peekRegister(this.run, this.#card, this.#register) ?? ABSENT;
  }

  override expected(): boolean {
    const arrived = this.#arrived;
    this.#arrived = false;
    return arrived;
  }
}

/** Bytes at a bus address. */
class BytesWatch extends Watch {
  readonly #address: number;
  readonly #size: number;

  constructor(run: Run, found: (access: Access) => void, address: number, size: number) {
    super(run, found);
    this.#address = address;
    this.#size = size;
  }

  listen(): () => void {
    const { machine } = this.run;
    return all([
      machine.on("dma-access", ({ card, bus, size, write, error }) => {
        if (error === "" && this.#overlaps(bus, size))
          this.found({ how: write ? "write" : "read", card: card.name });
      }),
      machine.on("bytes-accessed", ({ bytes, size, write }) => {
        if (this.#holds(bytes.buffer, bytes.byteOffset, size)) this.found({ how: write ? "write" : "read" });
      }),
    ]);
  }

  value(): unknown {
    const bytes = bytesAt(this.run, this.#address, this.#size);
    return bytes === null ? ABSENT : hex(bytes);
  }

  override sees({ object, key, kind, args }: SeenAccess): void {
    if (!ArrayBuffer.isView(object)) return;
    const part = accessed(object, key, kind, args);
    if (this.#holds(object.buffer, object.byteOffset + part.offset, part.size))
      this.found({ how: howOf(kind, key) });
  }

  #overlaps(address: number, size: number): boolean {
    return address < this.#address + this.#size && this.#address < address + size;
  }

  /** Does a part of the CPU's memory lie behind the watched addresses? */
  #holds(buffer: ArrayBufferLike, offset: number, size: number): boolean {
    const mapping = mappingAt(this.run, this.#address, this.#size);
    if (mapping === null || mapping.memory !== buffer) return false;
    return this.#overlaps(mapping.bus + offset - mapping.offset, size);
  }
}

/** The bytes of a view that an access means: an element, what a method of DataView names, or all of them. */
function accessed(
  view: ArrayBufferView,
  key: unknown,
  kind: AccessKind,
  args: readonly unknown[],
): { offset: number; size: number } {
  if (kind !== CALL && /^\d+$/.test(String(key))) {
    const width = (view as Uint8Array).BYTES_PER_ELEMENT;
    return { offset: Number(key) * width, size: width };
  }
  const bits = kind === CALL && view instanceof DataView ? /(\d+)$/.exec(String(key)) : null;
  if (bits !== null) return { offset: Number(args[0]), size: Number(bits[1]) / 8 };
  return { offset: 0, size: view.byteLength };
}

function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

function all(offs: readonly (() => void)[]): () => void {
  return () => {
    for (const off of offs) off();
  };
}
