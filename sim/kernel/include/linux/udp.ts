/** UDP header (include/linux/udp.h). */
export { udphdr } from "../../net/ipv4/udphdr.ts";
