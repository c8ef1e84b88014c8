/** Hardware types (include/linux/if_arp.h). */

export {
  ARPHRD_ETHER,
  ARPHRD_LOOPBACK,
  ARPHRD_NONE,
  ARPHRD_PPP,
  ARPHRD_VOID,
  ARPOP_REPLY,
  ARPOP_REQUEST,
} from "../../net/core/if_arp.ts";
export * from "./skbuff.ts";
