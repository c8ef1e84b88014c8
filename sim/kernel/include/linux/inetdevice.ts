/** IPv4 side of a device (include/linux/inetdevice.h). */
export {
  in_device,
  neigh_parms,
} from "../../net/ipv4/in_device.ts";
