/** What an interface ioctl carries (include/linux/if.h). */
import { ETH_ALEN } from "../ethernet/if_ether.ts";

/** A hardware address as ioctls pass it (struct sockaddr): family (ARPHRD_*) and bytes. */
export class sockaddr {
  sa_family = 0;
  sa_data = new Uint8Array(ETH_ALEN);
}

/** Hardware mapping of a device, for SIOCGIFMAP, SIOCSIFMAP and `dev->set_config` (struct ifmap). */
export class ifmap {
  mem_start = 0;
  mem_end = 0;
  base_addr = 0;
  irq = 0;
  dma = 0;
  port = 0;
}

/** Argument of an interface ioctl (struct ifreq). C's unions are separate fields here. */
export class ifreq {
  /** Name of the device. */
  ifr_name = "";
  ifr_newname = "";
  ifr_flags = 0;
  ifr_mtu = 0;
  ifr_metric = 0;
  ifr_ifindex = 0;
  ifr_qlen = 0;
  ifr_hwaddr = new sockaddr();
  ifr_map = new ifmap();
  /** Any object: what the process passed to a private ioctl, or the command's struct for SIOCETHTOOL. */
  ifr_data: unknown = null;
}
