/** CRC-32 (include/linux/crc32.h). */

export {
  bitreverse,
  crc32_be,
  crc32_le,
  ether_crc,
  ether_crc_le,
} from "../../lib/crc32.ts";
export * from "./types.ts";
