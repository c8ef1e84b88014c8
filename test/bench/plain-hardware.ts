/** The module `hardware` for the plain build: a computer without a card. */

export function card_count(): number {
  return 0;
}
export function msi_granted(): boolean {
  return false;
}
export function connect_interrupts(): void {}

function absent(name: string): () => never {
  return () => {
    throw new Error(`${name}(): the plain build has no card`);
  };
}

export const line_drive = absent("line_drive");
export const card_like = absent("card_like");
export const card_slot = absent("card_slot");
export const card_bars = absent("card_bars");
export const card_gone = absent("card_gone");
export const card_at = absent("card_at");
export const card_hang = absent("card_hang");
export const card_unplug = absent("card_unplug");
export const config_read = absent("config_read");
export const config_write = absent("config_write");
export const io_map = absent("io_map");
export const io_unmap = absent("io_unmap");
export const mmio_read = absent("mmio_read");
export const mmio_write = absent("mmio_write");
export const port_read = absent("port_read");
export const port_write = absent("port_write");
export const dma_map = absent("dma_map");
export const dma_find = absent("dma_find");
export const dma_latest = absent("dma_latest");
export const dma_unmap = absent("dma_unmap");
export const dma_to_cpu = absent("dma_to_cpu");
export const dma_to_card = absent("dma_to_card");
export const wire_inject = absent("wire_inject");
export const wire_received = absent("wire_received");
export const wire_carrier = absent("wire_carrier");
export const wire_peer = absent("wire_peer");
