/** Answer of `netdev-lab/hardware`: cards with their registers and rings. Asking for it has no effect on them. */

export interface RegisterState {
  readonly name: string;
  readonly offset: number;
  /** Null while its bank is not selected, or the card is gone. */
  readonly value: number | null;
  readonly bits: Readonly<Record<string, number>>;
}

export interface DescriptorState {
  readonly index: number;
  readonly bus: number;
  readonly owner: "card" | "driver";
  readonly fields: Readonly<Record<string, number | boolean>> | null;
}

export interface RingState {
  readonly name: string;
  readonly base: number;
  readonly head: number;
  readonly tail: number;
  readonly descriptors: readonly DescriptorState[];
}

export interface CardState {
  readonly name: string;
  readonly title: string;
  readonly gone: boolean;
  readonly powerState: number;
  readonly irq: number;
  readonly asserted: boolean;
  readonly carrier: boolean;
  readonly registers: readonly RegisterState[];
  readonly rings: readonly RingState[];
  /** Register writes that have not reached the card. */
  readonly posted: readonly { readonly register: string; readonly value: number }[];
  readonly mappings: readonly {
    readonly bus: number;
    readonly size: number;
    readonly direction: string;
    readonly kind: string;
  }[];
}

export interface HardwareState {
  readonly cards: readonly CardState[];
}
