/** Memory that devices reach. */
export {
  type consistent,
  dma_alloc_coherent,
  dma_free_coherent,
  dma_map_page,
  dma_map_single,
  dma_mapping_error,
  type dma_memory,
  dma_set_mask,
  dma_supported,
  dma_sync_single_for_cpu,
  dma_sync_single_for_device,
  dma_sync_single_range_for_cpu,
  dma_sync_single_range_for_device,
  dma_unmap_page,
  dma_unmap_single,
} from "../../drivers/pci/dma.ts";
export {
  DMA_30BIT_MASK,
  DMA_32BIT_MASK,
  DMA_64BIT_MASK,
  DMA_BIDIRECTIONAL,
  DMA_FROM_DEVICE,
  DMA_NONE,
  DMA_TO_DEVICE,
} from "../../drivers/pci/pci_regs.ts";
export type { dma_addr_t } from "../../lib/types.ts";
