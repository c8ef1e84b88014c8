/** netpoll (include/linux/netpoll.h): types. */

export {
  netpoll,
  netpoll_info,
} from "../../net/core/netpoll.ts";
export * from "./netdevice.ts";
