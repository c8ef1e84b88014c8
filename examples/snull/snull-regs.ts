/*
 * What both models of snull share: the twin of the book's snull.h.
 */

/* Bits of the status word: what the interrupt was for. */
export const SNULL_RX_INTR = 0x0001;
export const SNULL_TX_INTR = 0x0002;

/* Default watchdog timeout, in jiffies. */
export const SNULL_TIMEOUT = 5;

/* The hardware address of sn0, "\0SNUL0"; sn1 counts one up. */
export const SNUL0 = new Uint8Array([0x00, 0x53, 0x4e, 0x55, 0x4c, 0x30]);
