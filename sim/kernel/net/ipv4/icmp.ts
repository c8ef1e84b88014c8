/** ICMP echo, both sides (net/ipv4/icmp.c). */
import { now_ns } from "machine";
import { complete, completion, init_completion } from "../../kernel/completion.ts";
import { htons, ntohs } from "../../lib/byteorder.ts";
import { GFP_ATOMIC } from "../../mm/gfp.ts";
import { IFF_LOOPBACK, IFF_NOARP } from "../core/if.ts";
import { LL_MAX_HEADER } from "../core/netdev_constants.ts";
import { skb_put, skb_reserve } from "../core/skb_data.ts";
import { __alloc_skb, release_skb, type sk_buff } from "../core/skbuff.ts";
import { ETH_ALEN, ETH_HLEN, ETH_P_IP } from "../ethernet/if_ether.ts";
import { ip_compute_csum } from "./checksum.ts";
import { neighbour_address } from "./devinet.ts";
import { load16, store16 } from "./fields.ts";
import { ICMP_ECHO, ICMP_ECHOREPLY } from "./icmphdr.ts";
import type { in_device } from "./in_device.ts";
import { IP_HLEN, IPPROTO_ICMP, ip_build_header, neigh_output } from "./ip_output.ts";

/** A ping that waits for its answer. */
export class pending_echo {
  readonly id: number;
  done = new completion();
  answered_ns = -1;

  constructor(id: number) {
    this.id = id;
    init_completion(this.done);
  }
}

let pending: pending_echo[] = [];
let next_echo_id = 1;

/** Starts waiting for an answer. */
export function echo_start(): pending_echo {
  const echo = new pending_echo(next_echo_id);
  next_echo_id = (next_echo_id % 0xffff) + 1;
  pending.push(echo);
  return echo;
}

/** Ends waiting. */
export function echo_end(echo: pending_echo): void {
  pending = pending.filter((other) => other !== echo);
}

/** Takes an ICMP message (IP header already checked and pulled); consumes the packet (net/ipv4/icmp.c: icmp_rcv). */
export function icmp_rcv(skb: sk_buff, in_dev: in_device, saddr: number): void {
  const message = skb.data;
  if (skb.len >= 8 && ip_compute_csum(message, skb.len) === 0) {
    if (message[0] === ICMP_ECHO) icmp_echo(skb, in_dev, saddr);
    else if (message[0] === ICMP_ECHOREPLY) icmp_reply_arrived(ntohs(load16(message, 4)));
  }
  release_skb("icmp_rcv", skb);
}

function icmp_reply_arrived(id: number): void {
  for (const echo of pending) {
    if (echo.id !== id || echo.answered_ns >= 0) continue;
    echo.answered_ns = now_ns();
    complete(echo.done);
  }
}

/** Answers an echo request on the device that it came from, from softirq (net/ipv4/icmp.c: icmp_echo, icmp_reply). */
function icmp_echo(skb: sk_buff, in_dev: in_device, to: number): void {
  in_dev.echo_requests++;
  const reply = __alloc_skb("icmp_reply", LL_MAX_HEADER + IP_HLEN + skb.len, GFP_ATOMIC, false);
  if (reply === null) return;
  skb_reserve(reply, LL_MAX_HEADER + IP_HLEN);
  const message = skb_put(reply, skb.len);
  message.set(skb.data.subarray(0, skb.len));
  message[0] = ICMP_ECHOREPLY;
  icmp_checksum(message);
  ip_build_header(reply, in_dev.address, to, IPPROTO_ICMP);
  neigh_output(reply, in_dev.dev, ETH_P_IP, answer_address(skb, in_dev));
}

/** The reply goes back to the station that asked (whose address ARP would give). */
function answer_address(skb: sk_buff, in_dev: in_device): Uint8Array {
  const mac = skb.mac.raw;
  const { flags, addr_len } = in_dev.dev;
  if (mac === null || mac.length < ETH_HLEN || addr_len !== ETH_ALEN || flags & (IFF_NOARP | IFF_LOOPBACK))
    return neighbour_address(in_dev);
  return mac.slice(ETH_ALEN, 2 * ETH_ALEN);
}

/** Fills in the checksum of a message. */
export function icmp_checksum(message: Uint8Array): void {
  store16(message, 2, 0);
  store16(message, 2, ip_compute_csum(message, message.length));
}

/** Writes an echo request with the identity of a ping. */
export function icmp_echo_request(message: Uint8Array, echo: pending_echo, sequence: number): void {
  message[0] = ICMP_ECHO;
  message[1] = 0;
  store16(message, 4, htons(echo.id));
  store16(message, 6, htons(sequence));
  icmp_checksum(message);
}
