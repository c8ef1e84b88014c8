/** A transmit path in miniature: locks, a descriptor ring, statistics. About 30 statements and as many loads and stores a packet. */
interface Lock {
  locked: number;
  owner: string | null;
}

interface Descriptor {
  skb: Skb | null;
  addr: number;
  flags: number;
}

const RING = 256;
const bytes = new Uint8Array(64);

class Skb {
  len: number;
  data: Uint8Array;

  constructor(len: number) {
    this.len = len;
    this.data = bytes;
  }
}

const spins = { count: 0 };

function cpu_relax(): void {
  spins.count++;
}

function spin_lock(lock: Lock): void {
  while (lock.locked !== 0) cpu_relax();
  lock.locked = 1;
  lock.owner = "cpu0";
}

function spin_unlock(lock: Lock): void {
  lock.owner = null;
  lock.locked = 0;
}

class Ring {
  lock: Lock = { locked: 0, owner: null };
  head = 0;
  tail = 0;
  ring: Descriptor[] = [];
  stats = { tx: 0, bytes: 0 };
  stopped = false;
  ops = { xmit: hard_start_xmit };
}

function ring_space(d: Ring): number {
  return RING - (d.head - d.tail);
}

function map_single(skb: Skb): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum = (sum + skb.data[i]!) & 0xffff;
  return sum;
}

function hard_start_xmit(skb: Skb, d: Ring): number {
  spin_lock(d.lock);
  if (ring_space(d) <= 1) {
    d.stopped = true;
    spin_unlock(d.lock);
    return 1;
  }
  const desc = d.ring[d.head % RING]!;
  desc.skb = skb;
  desc.addr = map_single(skb);
  desc.flags = 0x8000 | skb.len;
  d.head++;
  d.stats.tx++;
  d.stats.bytes += skb.len;
  spin_unlock(d.lock);
  return 0;
}

function clean(d: Ring): void {
  spin_lock(d.lock);
  while (d.tail < d.head) {
    const desc = d.ring[d.tail % RING]!;
    desc.skb = null;
    desc.flags = 0;
    d.tail++;
  }
  d.stopped = false;
  spin_unlock(d.lock);
}

export default function main(): void {
  const dev = new Ring();
  for (let i = 0; i < RING; i++) dev.ring.push({ skb: null, addr: 0, flags: 0 });
  for (;;) {
    const skb = new Skb(64);
    if (dev.ops.xmit(skb, dev) === 0) continue;
    clean(dev);
    dev.ops.xmit(skb, dev);
  }
}
