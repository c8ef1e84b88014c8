import type { Rule } from "../rule.ts";

const ETH_ALEN = 6;
const IFF_NOARP = 0x80;

export const lifeMacValid: Rule = {
  id: "life-mac-valid",
  family: "life",
  title: "Registered without a valid MAC address",
  statement:
    "A driver looks whether its address is a valid one, neither zero nor a group's, before it registers.",
  severity: "advice",
  condition: "an Ethernet device is registered with dev_addr all zero, or with the multicast bit set",
  source: "Documentation/networking/driver.txt, probing; include/linux/etherdevice.h: is_valid_ether_addr()",
  kernelMessage: null,
  wrong: "err = register_netdev(dev); // dev.dev_addr is still 00:00:00:00:00:00",
  right:
    "if (!is_valid_ether_addr(dev.dev_addr)) random_ether_addr(dev.dev_addr);\nerr = register_netdev(dev);",
  fix: "Read the address from the card; if it is not valid, take a random one.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "netdev-registered": (event) => {
      const { dev_addr, addr_len, flags, name } = event.device as unknown as Addressed;
      if (addr_len !== ETH_ALEN || flags & IFF_NOARP) return;
      const bytes = [...dev_addr].slice(0, ETH_ALEN);
      const zero = bytes.every((byte) => byte === 0);
      if (!zero && (bytes[0]! & 1) === 0) return;
      const text = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
      ctx.report({ message: `${name} is registered with the address ${text}`, about: [event.device] });
    },
  }),
};

interface Addressed {
  readonly name: string;
  readonly dev_addr: Uint8Array;
  readonly addr_len: number;
  readonly flags: number;
}
