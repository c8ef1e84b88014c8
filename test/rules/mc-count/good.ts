/* One address too many: right. */
// @lab nic=none
// @expect none
import { type net_device, netdev_priv } from "linux/netdevice";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  filter = 0;
}

function my_set_multicast_list(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  p.filter = 0;
  let mc = dev.mc_list;
  for (let i = 0; i < dev.mc_count; i++) {
    p.filter |= 1 << (mc!.dmi_addr[5]! & 31);
    mc = mc!.next;
  }
}

software_driver({ priv: my_priv, callbacks: { set_multicast_list: my_set_multicast_list } });
