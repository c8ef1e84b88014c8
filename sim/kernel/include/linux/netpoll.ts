/** netpoll (include/linux/netpoll.h). */
export {
  netpoll,
  netpoll_cleanup,
  netpoll_poll,
  netpoll_send_udp,
  netpoll_setup,
} from "../../net/core/netpoll.ts";
export { netpoll_info } from "../../net/core/netpoll_info.ts";
export * from "./netdevice.ts";
