/** IPv4 header (include/linux/ip.h). */

export {
  csum_fold,
  csum_partial,
  csum_tcpudp_magic,
  ip_compute_csum,
  ip_fast_csum,
} from "../../net/ipv4/checksum.ts";
export {
  IPPROTO_ICMP,
  IPPROTO_TCP,
  IPPROTO_UDP,
} from "../../net/ipv4/ip_output.ts";
export { iphdr } from "../../net/ipv4/iphdr.ts";
export * from "../asm/byteorder.ts";
