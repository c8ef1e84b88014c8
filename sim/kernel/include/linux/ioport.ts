/** I/O regions. */
export {
  check_region,
  IORESOURCE_BUSY,
  IORESOURCE_DMA,
  IORESOURCE_IO,
  IORESOURCE_IRQ,
  IORESOURCE_MEM,
  release_mem_region,
  release_region,
  request_mem_region,
  request_region,
  resource,
} from "../../kernel/resource.ts";
