/** What each card is doing, as far as the rules look: registers, interrupt condition, engines, descriptors under way. */
import type { DeviceLike, Identified } from "../../machine/events.ts";
import type { CardLike, DmaMappingLike } from "../../machine/hardware-events.ts";
import type { Task } from "../../machine/model.ts";
import type { Listeners } from "../rule.ts";

export const INT_TX_DONE = 1;
export const INT_RX_DONE = 2;
export const INT_RX_OVERFLOW = 8;
/** Bits that mean that poll has something to do. */
export const INT_RX = INT_RX_DONE | INT_RX_OVERFLOW;

export const CTRL_RESET = 1;
export const CTRL_TX_EN = 2;
export const CTRL_RX_EN = 4;
export const CTRL_PROMISC = 8;
export const CTRL_ALLMULTI = 16;
export const CTRL_COR = 64;

export interface PostedWrite {
  readonly register: string;
  readonly value: number;
  readonly cpu: number;
  readonly n: number;
}

/** A buffer that the card has filled. */
export interface Received {
  readonly timeNs: number;
  /** Bus address of its descriptor; 0 until the card has given that back. */
  descriptor: number;
}

export interface CardState {
  readonly card: CardLike;
  /** The device that its driver registered. */
  device: DeviceLike | null;
  irq: number;
  msi: boolean;
  /** Status and mask registers, as the card has them. */
  status: number;
  mask: number;
  asserted: boolean;
  hung: boolean;
  unplugged: boolean;
  readonly running: Set<string>;
  /** Register values as the CPUs wrote them last, under way or not. */
  readonly written: Map<string, number>;
  /** Writes that have not reached the card. */
  readonly posted: PostedWrite[];
  /** Streaming mappings that the card has written to, and that no CPU has taken back. */
  readonly received: Map<DmaMappingLike, Received>;
  /** Transmit mappings that the card has read. */
  readonly fetched: WeakSet<DmaMappingLike>;
  readonly live: Set<DmaMappingLike>;
}

export class Cards {
  readonly #cards = new Map<CardLike, CardState>();
  /** The card that a task's probe enabled last. */
  readonly #probing = new Map<Task, CardState>();

  readonly listeners: Listeners = {
    "pci-enabled": (event) => void this.#probing.set(event.task, this.of(event.card)),
    "pci-drvdata": (event) => {
      const data = event.data as Partial<DeviceLike & Identified> | null;
      if (data !== null && typeof data === "object" && "hard_start_xmit" in data)
        this.of(event.card).device ??= data as DeviceLike;
    },
    "netdev-registered": (event) => {
      const probing = this.#probing.get(event.task);
      if (probing) probing.device = event.device;
    },
    "netdev-released": (event) => {
      for (const card of this.#cards.values()) if (card.device === event.device) card.device = null;
    },
    "mmio-write": (event) => {
      const card = this.of(event.card);
      if (event.register !== "") card.written.set(event.register, event.value >>> 0);
      if (event.register === "CTRL" && event.value & CTRL_RESET) this.#forget(card);
      if (event.posted)
        card.posted.push({ register: event.register, value: event.value, cpu: event.cpu, n: event.n });
      else if (event.register === "IMR") card.mask = event.value;
    },
    "mmio-arrived": (event) => {
      const card = this.of(event.card);
      const { posted } = card;
      if (event.register === "IMR") card.mask = event.value;
      const i = posted.findIndex((w) => w.register === event.register && w.value === event.value);
      if (i >= 0) posted.splice(i, 1);
      if (event.outstanding === 0) posted.length = 0;
    },
    "card-interrupt": (event) => {
      const card = this.of(event.card);
      Object.assign(card, { irq: event.irq, msi: event.msi, asserted: event.asserted });
      Object.assign(card, { status: event.status, mask: event.mask });
    },
    "card-status": (event) => {
      const card = this.of(event.card);
      card.status = event.status;
      card.mask = event.mask;
    },
    "card-engine": (event) => {
      const { running } = this.of(event.card);
      if (event.running) running.add(event.engine);
      else running.delete(event.engine);
    },
    "card-hung": (event) => {
      this.of(event.card).hung = true;
    },
    "card-unplugged": (event) => {
      this.of(event.card).unplugged = true;
    },
    "card-reset": (event) => {
      const card = this.of(event.card);
      card.hung = false;
      card.status = 0;
      card.mask = 0;
      card.received.clear(); // what lay in the ring is lost
    },
    "pci-power": (event) => {
      if (event.to === 3) this.#forget(this.of(event.card));
    },
    "pci-unbound": (event) => {
      const card = this.of(event.card);
      this.#forget(card);
      card.device = null;
    },
    "ring-owner": (event) => {
      if (event.ring !== "rx" || event.owner !== "driver") return;
      const last = [...this.of(event.card).received.values()].at(-1);
      if (last?.descriptor === 0) last.descriptor = event.bus;
    },
    "dma-mapped": (event) => void this.of(event.card).live.add(event.mapping),
    "dma-unmapped": (event) => {
      if (event.mapping === null) return;
      const card = this.of(event.card);
      card.live.delete(event.mapping);
      card.received.delete(event.mapping);
    },
    "dma-synced": (event) => {
      if (event.mapping !== null && event.owner === "cpu") this.of(event.card).received.delete(event.mapping);
    },
    "dma-access": (event) => {
      const { mapping } = event;
      if (mapping === null || mapping.kind === "coherent" || event.error !== "") return;
      const card = this.of(event.card);
      if (event.write) {
        card.received.delete(mapping);
        card.received.set(mapping, { timeNs: event.timeNs, descriptor: 0 });
      } else card.fetched.add(mapping);
    },
  };

  of(card: CardLike): CardState {
    let state = this.#cards.get(card);
    if (state === undefined) {
      state = {
        card,
        device: null,
        irq: -1,
        msi: false,
        status: 0,
        mask: 0,
        asserted: false,
        hung: false,
        unplugged: false,
        running: new Set(),
        written: new Map(),
        posted: [],
        received: new Map(),
        fetched: new WeakSet(),
        live: new Set(),
      };
      this.#cards.set(card, state);
    }
    return state;
  }

  get all(): Iterable<CardState> {
    return this.#cards.values();
  }

  /** The card of a device. */
  ofDevice(device: unknown): CardState | null {
    for (const card of this.#cards.values()) if (card.device !== null && card.device === device) return card;
    return null;
  }

  /** The card that a handler serves, by its dev_id: the device, its private area, or the only card there is. */
  ofDevId(devId: unknown, area: (device: DeviceLike) => object | null): CardState | null {
    for (const card of this.#cards.values()) {
      if (card.device !== null && (card.device === devId || area(card.device) === devId)) return card;
    }
    return this.#cards.size === 1 ? [...this.#cards.values()][0]! : null;
  }

  /** The line belongs to a card, and no card on it is about to do anything: null if it is no card's line. */
  quiet(irq: number): boolean | null {
    let known = false;
    for (const card of this.#cards.values()) {
      if (card.irq !== irq) continue;
      known = true;
      const busy = card.running.size > 0 || card.posted.length > 0 || card.hung;
      if (busy || (card.asserted && !card.msi) || (card.written.get("COALESCE") ?? 0) !== 0) return false;
    }
    return known ? true : null;
  }

  #forget(card: CardState): void {
    const kept = ["MAC_LO", "MAC_HI"].map((name) => [name, card.written.get(name)] as const);
    card.written.clear();
    for (const [name, value] of kept) if (value !== undefined) card.written.set(name, value);
  }
}

/** The driver has given the descriptor of a filled buffer back to the card: it has dropped the frame, the buffer stays. */
export function givenBack({ live }: CardState, { descriptor }: Received): boolean {
  for (const { kind, memory, offset, bus, size } of live) {
    if (kind !== "coherent" || descriptor < bus || descriptor + DESC_SIZE > bus + size) continue;
    const view = new DataView(memory, offset + descriptor - bus, DESC_SIZE);
    return view.getUint32(DESC_STATUS, true) >= DESC_OWN;
  }
  return false;
}

const DESC_SIZE = 16;
const DESC_STATUS = 8;
/** The word of a descriptor that says whose it is. */
export const DESC_STATUS_SIZE = 4;
const DESC_OWN = 0x80000000;
