/** Types of netpoll (include/linux/netpoll.h); its behaviour comes later. */
import type { net_device } from "./net_device.ts";

/** State of netpoll on a device. @noEffect netpoll is not simulated yet */
export class netpoll_info {
  poll_owner = -1;
  tries = 0;
  rx_flags = 0;
}

/** A user of netpoll: who sends and receives with interrupts off (netconsole). @noEffect netpoll is not simulated yet */
export class netpoll {
  dev: net_device | null = null;
  dev_name = "";
  name = "";
  local_ip = 0;
  remote_ip = 0;
  local_port = 0;
  remote_port = 0;
}
