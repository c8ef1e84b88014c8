/** The Ethernet CRC over an address, as multicast filters use it. */
const POLYNOMIAL = 0x04c11db7;

/** Its upper 6 bits: the number of the address's bit in the filter. */
export function crcIndex(address: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of address) {
    for (let bit = 0; bit < 8; bit++) {
      const odd = (crc >>> 31) ^ ((byte >> bit) & 1);
      crc = ((crc << 1) ^ (odd ? POLYNOMIAL : 0)) >>> 0;
    }
  }
  return crc >>> 26;
}
