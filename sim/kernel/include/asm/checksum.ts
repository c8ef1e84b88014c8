/** Internet checksums (include/asm/checksum.h). */
export {
  csum_fold,
  csum_partial,
  csum_tcpudp_magic,
  ip_compute_csum,
  ip_fast_csum,
} from "../../net/ipv4/checksum.ts";
