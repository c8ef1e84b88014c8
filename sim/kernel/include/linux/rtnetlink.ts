/** The routing lock (include/linux/rtnetlink.h). */

export {
  ASSERT_RTNL,
  rtnl_lock,
  rtnl_trylock,
  rtnl_unlock,
} from "../../net/core/rtnl.ts";
export * from "./netdevice.ts";
export * from "./semaphore.ts";
