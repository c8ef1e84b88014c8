/** A frame in one line, much as tcpdump prints it. */

const ETH_HEADER = 14;
const ETH_P_IP = 0x0800;
const ETH_P_ARP = 0x0806;
const PROTOCOLS: Readonly<Record<number, string>> = { 1: "ICMP", 6: "TCP", 17: "UDP" };

/** `bytes` begin with the Ethernet header, or with what follows it (then `protocol` says what that is). */
export function describeFrame(bytes: Uint8Array, protocol: number): string {
  const type = bytes.length >= ETH_HEADER ? word(bytes, 12) : 0;
  if (type === ETH_P_IP && (bytes[ETH_HEADER] ?? 0) >> 4 === 4)
    return describeIp(bytes.subarray(ETH_HEADER), bytes.length);
  if (type === ETH_P_ARP) return describeArp(bytes.subarray(ETH_HEADER), bytes.length);
  const upper = swapped(protocol);
  if ((protocol === ETH_P_IP || upper === ETH_P_IP) && (bytes[0] ?? 0) >> 4 === 4)
    return describeIp(bytes, bytes.length);
  if (protocol === ETH_P_ARP || upper === ETH_P_ARP) return describeArp(bytes, bytes.length);
  if (bytes.length < ETH_HEADER) return `${bytes.length} bytes`;
  return `${mac(bytes, 6)} > ${mac(bytes, 0)}, type 0x${type.toString(16).padStart(4, "0")}, length ${bytes.length}`;
}

function describeIp(ip: Uint8Array, length: number): string {
  const header = ((ip[0] ?? 0) & 15) * 4;
  const number = ip[9] ?? 0;
  const name = PROTOCOLS[number] ?? `protocol ${number}`;
  const ported = (number === 6 || number === 17) && ip.length >= header + 4;
  const [from, to] = ported ? [`.${word(ip, header)}`, `.${word(ip, header + 2)}`] : ["", ""];
  const detail = number === 1 ? icmp(ip[header]) : name;
  return `IP ${address(ip, 12)}${from} > ${address(ip, 16)}${to}: ${detail}, length ${length}`;
}

function icmp(type: number | undefined): string {
  if (type === 8) return "ICMP echo request";
  return type === 0 ? "ICMP echo reply" : `ICMP type ${type ?? "?"}`;
}

function describeArp(arp: Uint8Array, length: number): string {
  const request = word(arp, 6) === 1;
  const who = request
    ? `who-has ${address(arp, 24)} tell ${address(arp, 14)}`
    : `reply ${address(arp, 14)} is-at ${mac(arp, 8)}`;
  return `ARP ${who}, length ${length}`;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function swapped(value: number): number {
  return ((value & 0xff) << 8) | ((value >> 8) & 0xff);
}

function address(bytes: Uint8Array, at: number): string {
  return [0, 1, 2, 3].map((i) => bytes[at + i] ?? 0).join(".");
}

function mac(bytes: Uint8Array, at: number): string {
  return [0, 1, 2, 3, 4, 5].map((i) => (bytes[at + i] ?? 0).toString(16).padStart(2, "0")).join(":");
}
