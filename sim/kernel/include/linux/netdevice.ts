/** Network devices (include/linux/netdevice.h), with what that header includes. */

export {
  dev_change_name,
  dev_set_mac_address,
  dev_set_mtu,
} from "../../net/core/dev_config.ts";
export {
  __dev_get_by_index,
  __dev_get_by_name,
  dev_alloc_name,
  dev_base_lock,
  dev_get_by_index,
  dev_get_by_name,
} from "../../net/core/dev_list.ts";
export {
  dev_mc_add,
  dev_mc_delete,
  dev_mc_upload,
} from "../../net/core/dev_mcast.ts";
export {
  dev_change_flags,
  dev_close,
  dev_get_flags,
  dev_open,
  dev_set_allmulti,
  dev_set_promiscuity,
  netdev_state_change,
} from "../../net/core/dev_open.ts";
export {
  __dev_put,
  dev_hold,
  dev_put,
} from "../../net/core/dev_refs.ts";
export { SET_ETHTOOL_OPS } from "../../net/core/ethtool.ts";
export {
  __netif_rx_complete,
  __netif_rx_schedule,
  __netif_rx_schedule_prep,
  netif_poll_disable,
  netif_poll_enable,
  netif_rx_complete,
  netif_rx_reschedule,
  netif_rx_schedule,
  netif_rx_schedule_prep,
} from "../../net/core/napi.ts";
export {
  dev_mc_list,
  net_device,
  net_device_stats,
  netdev_priv,
  SET_MODULE_OWNER,
  SET_NETDEV_DEV,
} from "../../net/core/net_device.ts";
export { to_net_dev } from "../../net/core/net-sysfs.ts";
export {
  __LINK_STATE_LINKWATCH_PENDING,
  __LINK_STATE_NOCARRIER,
  __LINK_STATE_PRESENT,
  __LINK_STATE_RX_SCHED,
  __LINK_STATE_SCHED,
  __LINK_STATE_START,
  __LINK_STATE_XOFF,
  IF_PORT_10BASE2,
  IF_PORT_10BASET,
  IF_PORT_100BASEFX,
  IF_PORT_100BASET,
  IF_PORT_100BASETX,
  IF_PORT_AUI,
  IF_PORT_UNKNOWN,
  LL_MAX_HEADER,
  MAX_ADDR_LEN,
  NET_RX_BAD,
  NET_RX_CN_HIGH,
  NET_RX_CN_LOW,
  NET_RX_CN_MOD,
  NET_RX_DROP,
  NET_RX_SUCCESS,
  NET_XMIT_BYPASS,
  NET_XMIT_CN,
  NET_XMIT_DROP,
  NET_XMIT_POLICED,
  NET_XMIT_SUCCESS,
  NETDEV_CHANGE,
  NETDEV_CHANGEADDR,
  NETDEV_CHANGEMTU,
  NETDEV_CHANGENAME,
  NETDEV_DOWN,
  NETDEV_FEAT_CHANGE,
  NETDEV_GOING_DOWN,
  NETDEV_REBOOT,
  NETDEV_REGISTER,
  NETDEV_TX_BUSY,
  NETDEV_TX_LOCKED,
  NETDEV_TX_OK,
  NETDEV_UNREGISTER,
  NETDEV_UP,
  NETIF_F_FRAGLIST,
  NETIF_F_HIGHDMA,
  NETIF_F_HW_CSUM,
  NETIF_F_HW_VLAN_FILTER,
  NETIF_F_HW_VLAN_RX,
  NETIF_F_HW_VLAN_TX,
  NETIF_F_IP_CSUM,
  NETIF_F_LLTX,
  NETIF_F_NO_CSUM,
  NETIF_F_SG,
  NETIF_F_TSO,
  NETIF_F_VLAN_CHALLENGED,
  NETIF_MSG_DRV,
  NETIF_MSG_HW,
  NETIF_MSG_IFDOWN,
  NETIF_MSG_IFUP,
  NETIF_MSG_INTR,
  NETIF_MSG_LINK,
  NETIF_MSG_PKTDATA,
  NETIF_MSG_PROBE,
  NETIF_MSG_RX_ERR,
  NETIF_MSG_RX_STATUS,
  NETIF_MSG_TIMER,
  NETIF_MSG_TX_DONE,
  NETIF_MSG_TX_ERR,
  NETIF_MSG_TX_QUEUED,
  NETIF_MSG_WOL,
  NETREG_REGISTERED,
  NETREG_REGISTERING,
  NETREG_RELEASED,
  NETREG_UNINITIALIZED,
  NETREG_UNREGISTERED,
  NETREG_UNREGISTERING,
} from "../../net/core/netdev_constants.ts";
export {
  alloc_netdev,
  free_netdev,
  type private_class,
  register_netdev,
  register_netdevice,
  unregister_netdev,
  unregister_netdevice,
} from "../../net/core/netdev_life.ts";
export {
  register_netdevice_notifier,
  unregister_netdevice_notifier,
} from "../../net/core/netdev_notifier.ts";
export {
  __netif_schedule,
  netif_carrier_off,
  netif_carrier_ok,
  netif_carrier_on,
  netif_device_attach,
  netif_device_detach,
  netif_device_present,
  netif_msg_drv,
  netif_msg_hw,
  netif_msg_ifdown,
  netif_msg_ifup,
  netif_msg_init,
  netif_msg_intr,
  netif_msg_link,
  netif_msg_pktdata,
  netif_msg_probe,
  netif_msg_rx_err,
  netif_msg_rx_status,
  netif_msg_timer,
  netif_msg_tx_done,
  netif_msg_tx_err,
  netif_msg_tx_queued,
  netif_msg_wol,
  netif_queue_stopped,
  netif_running,
  netif_schedule,
  netif_start_queue,
  netif_stop_queue,
  netif_tx_disable,
  netif_wake_queue,
} from "../../net/core/netif.ts";
export {
  netif_receive_skb,
  netif_rx,
  netif_rx_ni,
} from "../../net/core/receive.ts";
export {
  __dev_remove_pack,
  dev_add_pack,
  dev_remove_pack,
  packet_type,
} from "../../net/core/taps.ts";
export {
  dev_kfree_skb_any,
  dev_kfree_skb_irq,
  dev_queue_xmit,
} from "../../net/core/xmit.ts";
export { ether_setup } from "../../net/ethernet/eth.ts";
export { hh_cache } from "../../net/ethernet/hh_cache.ts";
export { neigh_parms } from "../../net/ipv4/in_device.ts";
export * from "../asm/byteorder.ts";
export * from "./bitops.ts";
export * from "./device.ts";
export * from "./err.ts";
export * from "./ethtool.ts";
export * from "./if.ts";
export * from "./if_ether.ts";
export * from "./if_packet.ts";
export * from "./interrupt.ts";
export * from "./jiffies.ts";
export * from "./notifier.ts";
export * from "./rcupdate.ts";
export * from "./skbuff.ts";
export * from "./timer.ts";
export * from "./wait.ts";
