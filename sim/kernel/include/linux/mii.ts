/** MII: PHY registers and helpers (include/linux/mii.h). */
export * from "../../drivers/net/mii.ts";
export * from "../../drivers/net/mii_regs.ts";
export * from "./if.ts";
