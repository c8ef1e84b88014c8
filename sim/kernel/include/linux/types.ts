/** Integer types, and structs over bytes. */

export {
  __be16,
  __be32,
  __be64,
  __le16,
  __le32,
  __le64,
  __u8,
  __u16,
  __u32,
  __u64,
  struct,
  type struct_array,
  struct_packed,
  type struct_type,
  type struct_view,
} from "../../lib/struct.ts";
export { type dma_addr_t, s8, s16, s32, s64, type size_t, u8, u16, u32, u64 } from "../../lib/types.ts";
export type { gfp_t } from "../../mm/gfp.ts";
