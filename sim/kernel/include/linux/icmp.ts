/** ICMP header (include/linux/icmp.h). */
export {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHOREPLY,
  icmphdr,
} from "../../net/ipv4/icmphdr.ts";
