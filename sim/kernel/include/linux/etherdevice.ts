/** Ethernet devices (include/linux/etherdevice.h). */

export { alloc_etherdev } from "../../net/core/netdev_life.ts";
export {
  compare_ether_addr,
  eth_change_mtu,
  eth_copy_and_sum,
  eth_hdr,
  eth_header,
  eth_header_cache,
  eth_header_cache_update,
  eth_header_parse,
  eth_mac_addr,
  eth_rebuild_header,
  eth_type_trans,
  ether_setup,
  is_broadcast_ether_addr,
  is_multicast_ether_addr,
  is_valid_ether_addr,
  is_zero_ether_addr,
  random_ether_addr,
} from "../../net/ethernet/eth.ts";
export * from "./netdevice.ts";
export * from "./random.ts";
