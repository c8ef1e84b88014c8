/** A link layer header kept for reuse (include/linux/netdevice.h: struct hh_cache). */

/** A cached header: `hh_len` bytes that end at the end of `hh_data`. */
export class hh_cache {
  hh_type = 0;
  hh_len = 0;
  hh_data = new Uint8Array(16);
}
