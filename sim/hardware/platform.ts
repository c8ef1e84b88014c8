/** The hardware of a boot: slots with their cards, addresses, DMA, interrupt lines, cables. */
import type { HardwareEvent } from "../machine/hardware-events.ts";
import type { Machine } from "../machine/machine.ts";
import { AddressSpace, type Decoded, type Target } from "./address-space.ts";
import { Card } from "./card.ts";
import { allOnes } from "./config-space.ts";
import { DmaMap } from "./dma.ts";
import { type Controller, InterruptLines } from "./interrupt-lines.ts";
import type { NicModel } from "./nic.ts";

export interface PlatformConfig {
  /** The card in each slot; null leaves all slots empty. */
  readonly nic: NicModel | null;
  readonly nics: number;
  /** Are messages granted? */
  readonly msi: boolean;
  /** Memory and posted writes are weakly ordered. */
  readonly weak: boolean;
}

type Space = "memory" | "port";

/** The functions of the kernel's interrupt controller. */
interface Connection {
  readonly raise: (irq: number) => unknown;
  readonly lower: (irq: number) => unknown;
}

export class Platform {
  readonly cards: readonly Card[];
  readonly addresses: AddressSpace;
  readonly dma = new DmaMap();
  readonly lines = new InterruptLines();
  readonly msi: boolean;
  readonly #machine: Machine;
  /** What boot told it of the kernel. */
  connected: Connection | null = null;

  constructor(machine: Machine, config: PlatformConfig) {
    this.#machine = machine;
    this.msi = config.msi;
    const { nic } = config;
    const plane = {
      nowNs: () => machine.clock.nowNs,
      engine: (name: string) => machine.hardware.agent(name),
      emit: (event: HardwareEvent) => machine.emit(event),
      asDevice: <T>(look: () => T): T => (machine.weak === null ? look() : machine.weak.asDevice(look)),
      choosePosted: config.weak ? (n: number) => machine.scheduler.choose("posted-write", n) : null,
      dma: this.dma,
      lines: this.lines,
    };
    this.cards = nic === null ? [] : Array.from({ length: config.nics }, (_, i) => new Card(i, nic, plane));
    this.addresses = new AddressSpace(this.cards);
  }

  /** The kernel's interrupt controller: its functions are run between two steps of the CPUs. */
  connect(raise: (irq: number) => unknown, lower: (irq: number) => unknown): void {
    this.connected = { raise, lower };
    const machine = this.#machine;
    const controller: Controller = {
      raise: (irq) => void machine.fromHardware(() => raise(irq)),
      lower: (irq) => void machine.fromHardware(() => lower(irq)),
    };
    this.lines.controller = controller;
  }

  // ---- the CPUs' side of registers ---------------------------------------------------------------------------

  read(space: Space, address: number, size: number): number {
    const target = this.#decode(space, address, size);
    if (!isTarget(target)) return this.#deaf(target, address, size, false);
    const { card, bar, offset } = target;
    card.posted.flush(space === "port" ? "port" : "read");
    const window = this.#window(card, offset);
    const register = card.register(offset)?.name ?? "";
    const value = card.read(bar, offset, size);
    this.#machine.emit({
      type: "mmio-read",
      card,
      space,
      address,
      bar,
      offset,
      size,
      register,
      value,
      window,
      posted: false,
      outstanding: 0,
    });
    return value;
  }

  write(space: Space, address: number, size: number, raw: number): void {
    const target = this.#decode(space, address, size);
    if (!isTarget(target)) {
      this.#deaf(target, address, size, true);
      return;
    }
    const value = (raw >>> 0) % 2 ** (8 * size);
    const { card, bar, offset } = target;
    const posted = space === "memory";
    if (!posted) card.posted.flush("port");
    const event = {
      card,
      space,
      address,
      bar,
      offset,
      size,
      value,
      window: this.#window(card, offset),
      posted,
    };
    const register = card.register(offset)?.name ?? "";
    const outstanding = posted ? card.posted.outstanding + 1 : 0;
    this.#machine.emit({ type: "mmio-write", ...event, register, outstanding });
    if (posted) card.posted.send({ bar, offset, size, value, cpu: this.#machine.cpu.id });
    else card.write(bar, offset, size, value);
  }

  /** mmiowb on the CPU that executes: what it has written reaches a card before what any CPU writes from now on. */
  orderWrites(): void {
    for (const card of this.cards) card.posted.barrier(this.#machine.cpu.id);
  }

  #decode(space: Space, address: number, size: number): Decoded {
    return space === "memory" ? this.addresses.memory(address, size) : this.addresses.at("port", address);
  }

  #deaf(what: Exclude<Decoded, Target>, address: number, size: number, write: boolean): number {
    this.#machine.emit({ type: "mmio-unmapped", card: what.card, address, size, write, reason: what.reason });
    return allOnes(size);
  }

  /** The selected bank, if the register lies in the window. */
  #window(card: Card, offset: number): number {
    const banked = card.model.registers.some(
      (r) => r.bank !== undefined && offset >= r.offset && offset < r.offset + (r.size ?? 4),
    );
    return banked ? (card.nic.bank?.() ?? -1) : -1;
  }
}

function isTarget(decoded: Decoded): decoded is Target {
  return "bar" in decoded;
}
