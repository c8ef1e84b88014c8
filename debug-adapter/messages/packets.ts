/** `netdev-lab/packets` and `netdev-lab/packet`: socket buffers, as a list and one by one. */
import type { PlaceState } from "./machine.ts";

export interface PacketsArguments {
  /** Skips so many; default 0. */
  readonly start?: number;
  readonly count?: number;
}

export interface PacketSummary {
  readonly skb: number;
  readonly timeNs: number;
  readonly event: number;
  /** One line, much as tcpdump prints it. */
  readonly summary: string;
  /** What became of it last: `freed by dev_kfree_skb`, `given to eth0` … */
  readonly last: string;
  readonly freed: boolean;
}

export interface Packets {
  readonly packets: readonly PacketSummary[];
  readonly total: number;
}

export interface PacketStep {
  readonly event: number;
  readonly timeNs: number;
  readonly cpu: number;
  readonly context: string;
  readonly what: string;
  readonly place: PlaceState | null;
}

export interface PacketLife extends PacketSummary {
  readonly steps: readonly PacketStep[];
}
