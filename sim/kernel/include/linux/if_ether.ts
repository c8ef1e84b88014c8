/** Ethernet frames (include/linux/if_ether.h). */

export { eth_hdr } from "../../net/ethernet/eth.ts";
export {
  ETH_ALEN,
  ETH_DATA_LEN,
  ETH_FRAME_LEN,
  ETH_HLEN,
  ETH_P_802_2,
  ETH_P_802_3,
  ETH_P_8021Q,
  ETH_P_ALL,
  ETH_P_ARP,
  ETH_P_IP,
  ETH_P_IPV6,
  ETH_P_IPX,
  ETH_P_LOOP,
  ETH_ZLEN,
  ethhdr,
} from "../../net/ethernet/if_ether.ts";
