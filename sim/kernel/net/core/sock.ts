/** What a sending process pays for: the socket's account of packets on their way (include/net/sock.h, net/core/sock.c). */
import { object_id } from "machine";
import { init_waitqueue_head, wait_event, wait_queue_head_t, wake_up } from "../../kernel/wait.ts";
import { atomic_add, atomic_read, atomic_sub, atomic_t } from "../../lib/atomic.ts";
import type { sk_buff } from "./skbuff.ts";

/** A socket as far as sending needs it. */
export class sock {
  readonly id = object_id("sock");
  /** Bytes (truesize) of packets that are not freed yet. */
  sk_wmem_alloc = new atomic_t(0);
  sk_sndbuf = 65535;
  sk_sleep = new wait_queue_head_t();

  constructor() {
    init_waitqueue_head(this.sk_sleep);
  }
}

/** Destructor of a charged packet (net/core/sock.c: sock_wfree). */
export function sock_wfree(skb: sk_buff): void {
  const sk = skb.sk;
  if (sk === null) return;
  atomic_sub(skb.truesize, sk.sk_wmem_alloc);
  wake_up(sk.sk_sleep);
}

/** Charges a packet to a socket (include/net/sock.h: skb_set_owner_w). */
export function skb_set_owner_w(skb: sk_buff, sk: sock): void {
  skb.sk = sk;
  skb.destructor = sock_wfree;
  atomic_add(skb.truesize, sk.sk_wmem_alloc);
}

/** True if the send buffer has room (include/net/sock.h: sock_writeable). */
export function sock_writeable(sk: sock): boolean {
  return atomic_read(sk.sk_wmem_alloc) < sk.sk_sndbuf;
}

/** Blocks until the send buffer has room (net/core/sock.c: sock_wait_for_wmem). */
export function sock_wait_for_wmem(sk: sock): void {
  wait_event(sk.sk_sleep, () => sock_writeable(sk));
}
