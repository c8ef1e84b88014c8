/**
 * Names what agents are about to do by small numbers: accesses by the object's property or the variable that they touch,
 * operations of the kernel by the object.
 */
import type { CompiledModule, Frame } from "../instrument/monitor.ts";
import type { Place } from "../machine/events.ts";
import type { OperationKind, Pending } from "../machine/model.ts";
import type { Operation } from "./step.ts";

interface Numbered {
  readonly id?: unknown;
  readonly lockName?: unknown;
}

export const NOTHING: Operation = { key: 0, how: "read", site: 0 };

export class Operations {
  readonly #keys = new Map<string, number>();
  readonly #names: string[] = ["nothing"];
  readonly #sites: (Place | null)[] = [null];
  readonly #accesses = new Map<CompiledModule, (Operation | undefined)[]>();
  readonly #kernel = new Map<number, Operation>();
  /** Objects without a number of their own, in order of their first use in this run. */
  #objects = new Map<object, number>();
  #fields = new Map<string, Map<object, number>>();

  /** A run begins: its objects are new ones. */
  restart(): void {
    this.#objects = new Map();
    this.#fields = new Map();
  }

  of(pending: Pending): Operation {
    if (pending.frame !== null) return this.#access(pending.frame, pending);
    return pending.on === null ? NOTHING : this.#onObject(pending.on, pending.how);
  }

  /** Words for a key. */
  nameOf(key: number): string {
    return this.#names[key] ?? "nothing";
  }

  placeOf(site: number): Place | null {
    return this.#sites[site] ?? null;
  }

  key(name: string): number {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = this.#names.push(name) - 1;
      this.#keys.set(name, key);
    }
    return key;
  }

  #access(frame: Frame, { pc, on, key, how }: Pending): Operation {
    const { module } = frame.fn;
    let sites = this.#accesses.get(module);
    if (sites === undefined) {
      sites = [];
      this.#accesses.set(module, sites);
    }
    const name = typeof key === "string" || typeof key === "number" ? String(key) : "*";
    const number = this.key(`.${name}#${on === null ? 0 : this.#numberOf(on, name)}`);
    const known = sites[pc];
    if (known !== undefined && known.key === number && known.how === how) return known;
    const operation = { key: number, how, site: known?.site ?? this.#site(module, frame, pc) };
    sites[pc] = operation;
    return operation;
  }

  #site(module: CompiledModule, frame: Frame, pc: number): number {
    const { line, column } = module.pcs[pc]!;
    return this.#sites.push({ file: module.file, line, column, fn: frame.fn.name, model: true }) - 1;
  }

  /** Objects with a field of this name are numbered in order of first use: where there is one, it is the same in every run. */
  #numberOf(on: object, name: string): number {
    let numbers = this.#fields.get(name);
    if (numbers === undefined) {
      numbers = new Map();
      this.#fields.set(name, numbers);
    }
    let n = numbers.get(on);
    if (n === undefined) {
      n = numbers.size + 1;
      numbers.set(on, n);
    }
    return n;
  }

  #onObject(on: object, how: OperationKind): Operation {
    const key = this.key(this.#objectName(on));
    const slot = key * 4 + HOW[how];
    let operation = this.#kernel.get(slot);
    if (operation === undefined) {
      operation = { key, how, site: 0 };
      this.#kernel.set(slot, operation);
    }
    return operation;
  }

  #objectName(on: object): string {
    const { id, lockName } = on as Numbered;
    const kind = on.constructor?.name ?? "object";
    if (typeof id === "number") return `${typeof lockName === "string" ? lockName : kind}#${id}`;
    let n = this.#objects.get(on);
    if (n === undefined) {
      n = this.#objects.size + 1;
      this.#objects.set(on, n);
    }
    return `${kind}@${n}`;
  }
}

const HOW: Record<OperationKind, number> = { read: 0, write: 1, acquire: 2, release: 3 };
