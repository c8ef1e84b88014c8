/** Does the filter of a LabNIC let through what its device asks for, and nothing else? */
import type { DeviceLike } from "../../machine/events.ts";
import { type CardState, CTRL_ALLMULTI, CTRL_PROMISC } from "../state/cards.ts";

interface Filtered extends DeviceLike {
  readonly flags: number;
  readonly mc_list: McEntry | null;
}

interface McEntry {
  readonly dmi_addr: Uint8Array;
  readonly next: McEntry | null;
}

const IFF_PROMISC = 0x100;
const IFF_ALLMULTI = 0x200;

/** What is wrong, in words; null if nothing is. */
export function filterMismatch(card: CardState, device: DeviceLike): string | null {
  const { flags, mc_list } = device as Filtered;
  const ctrl = card.written.get("CTRL") ?? 0;
  if (ctrl & CTRL_PROMISC) return null;
  if (flags & IFF_PROMISC) return "PROMISC is not set";
  if (ctrl & CTRL_ALLMULTI) return null;
  const have = [card.written.get("MC_LO") ?? 0, card.written.get("MC_HI") ?? 0] as const;
  if (flags & IFF_ALLMULTI)
    return have.every((word) => word >>> 0 === 0xffffffff) ? null : "ALLMULTI is not set";
  const want: [number, number] = [0, 0];
  for (let mc = mc_list; mc !== null; mc = mc.next) {
    const bit = etherCrc(mc.dmi_addr) >>> 26;
    want[bit >> 5]! |= 1 << (bit & 31);
  }
  for (const half of [0, 1] as const) {
    const missing = want[half] & ~have[half];
    const extra = have[half] & ~want[half];
    if (missing) return `bit ${32 * half + lowest(missing)} of the hash filter is missing`;
    if (extra) return `bit ${32 * half + lowest(extra)} of the hash filter belongs to no address`;
  }
  return null;
}

function lowest(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** lib/crc32.c: ether_crc of an address. */
function etherCrc(address: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < 6; i++) {
    for (let octet = address[i] ?? 0, bit = 0; bit < 8; bit++, octet >>= 1)
      crc = (crc << 1) ^ ((crc < 0 ? 1 : 0) ^ (octet & 1) ? 0x04c11db7 : 0);
  }
  return crc >>> 0;
}
