/** Internet protocols (include/linux/in.h). */

export {
  in_aton,
  in_ntoa,
} from "../../net/ipv4/in_device.ts";
export {
  IPPROTO_ICMP,
  IPPROTO_TCP,
  IPPROTO_UDP,
} from "../../net/ipv4/ip_output.ts";
export * from "../asm/byteorder.ts";
