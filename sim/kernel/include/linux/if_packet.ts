/** Packet types (include/linux/if_packet.h). */
export {
  PACKET_BROADCAST,
  PACKET_HOST,
  PACKET_MULTICAST,
  PACKET_OTHERHOST,
  PACKET_OUTGOING,
} from "../../net/core/skbuff.ts";
