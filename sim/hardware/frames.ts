/** Frames that the other end of a cable sends: Ethernet, ARP, IPv4, UDP, ICMP. */

export type FrameKind = "udp" | "ping" | "arp" | "raw";

export interface FrameAddresses {
  readonly fromMac: Uint8Array;
  readonly toMac: Uint8Array;
  readonly fromIp: number;
  readonly toIp: number;
}

const ETH_HEADER = 14;
const IP_HEADER = 20;
const ETH_P_IP = 0x0800;
const ETH_P_ARP = 0x0806;
const ETH_P_EXPERIMENTAL = 0x88b5;
const PROTO_ICMP = 1;
const PROTO_UDP = 17;
const DISCARD_PORT = 9;

/** "10.0.0.1" as a number; null if it is no address. */
export function parseIp(text: string): number | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((p) => /^\d{1,3}$/.test(p) && Number(p) < 256)) return null;
  return parts.reduce((sum, p) => sum * 256 + Number(p), 0);
}

/** "aa:bb:cc:dd:ee:ff" as bytes; null if it is no address. */
export function parseMac(text: string): Uint8Array | null {
  const parts = text.split(":");
  if (parts.length !== 6 || !parts.every((p) => /^[0-9a-f]{1,2}$/i.test(p))) return null;
  return Uint8Array.from(parts, (p) => Number.parseInt(p, 16));
}

/** A frame without FCS. */
export function makeFrame(kind: FrameKind, size: number, a: FrameAddresses, sequence: number): Uint8Array {
  const least = { raw: ETH_HEADER, arp: 42, udp: 42, ping: 42 }[kind];
  const frame = new Uint8Array(Math.max(size, least));
  const view = new DataView(frame.buffer);
  frame.set(a.toMac, 0);
  frame.set(a.fromMac, 6);
  if (kind === "arp") arp(view, a);
  else if (kind === "raw") {
    view.setUint16(12, ETH_P_EXPERIMENTAL);
    frame.fill(sequence & 0xff, ETH_HEADER);
  } else {
    const body = frame.subarray(ETH_HEADER + IP_HEADER);
    if (kind === "ping") icmp(body, sequence);
    else udp(body, a, sequence);
    ip(view, kind === "ping" ? PROTO_ICMP : PROTO_UDP, a);
  }
  return frame;
}

function ip(view: DataView, protocol: number, a: FrameAddresses): void {
  view.setUint16(12, ETH_P_IP);
  view.setUint8(ETH_HEADER, 0x45);
  view.setUint16(ETH_HEADER + 2, view.byteLength - ETH_HEADER);
  view.setUint8(ETH_HEADER + 8, 64);
  view.setUint8(ETH_HEADER + 9, protocol);
  view.setUint32(ETH_HEADER + 12, a.fromIp);
  view.setUint32(ETH_HEADER + 16, a.toIp);
  ipChecksum(view);
}

function ipChecksum(view: DataView): void {
  view.setUint16(ETH_HEADER + 10, 0);
  const header = new Uint8Array(view.buffer, view.byteOffset + ETH_HEADER, IP_HEADER);
  view.setUint16(ETH_HEADER + 10, checksum(header, 0));
}

function icmp(body: Uint8Array, sequence: number): void {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  view.setUint8(0, 8);
  view.setUint16(4, 0x4c41);
  view.setUint16(6, sequence & 0xffff);
  view.setUint16(2, checksum(body, 0));
}

function udp(body: Uint8Array, a: FrameAddresses, sequence: number): void {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  view.setUint16(0, 1024);
  view.setUint16(2, DISCARD_PORT);
  view.setUint16(4, body.length);
  body.fill(sequence & 0xff, 8);
  view.setUint16(6, udpChecksum(body, a.fromIp, a.toIp));
}

function udpChecksum(body: Uint8Array, from: number, to: number): number {
  const pseudo = words(from) + words(to) + PROTO_UDP + body.length;
  return checksum(body, pseudo) || 0xffff;
}

function words(address: number): number {
  return Math.floor(address / 65536) + (address % 65536);
}

/** The Internet checksum of bytes. */
function checksum(bytes: Uint8Array, start: number): number {
  let sum = start;
  for (let i = 0; i < bytes.length; i += 2) sum += bytes[i]! * 256 + (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum % 65536) + Math.floor(sum / 65536);
  return 0xffff - sum;
}

function arp(view: DataView, a: FrameAddresses): void {
  view.setUint16(12, ETH_P_ARP);
  view.setUint16(14, 1);
  view.setUint16(16, ETH_P_IP);
  view.setUint16(18, 0x0604);
  view.setUint16(20, 1);
  for (let i = 0; i < 6; i++) view.setUint8(22 + i, a.fromMac[i]!);
  view.setUint32(28, a.fromIp);
  view.setUint32(38, a.toIp);
}

/** What an echoing peer makes of a frame: both addresses swapped; a ping becomes its answer. */
export function echo(frame: Uint8Array): Uint8Array {
  const back = frame.slice();
  if (back.length < ETH_HEADER) return back;
  back.set(frame.subarray(6, 12), 0);
  back.set(frame.subarray(0, 6), 6);
  const view = new DataView(back.buffer);
  if (view.getUint16(12) === ETH_P_IP && back.length >= ETH_HEADER + IP_HEADER + 8) echoIp(back, view);
  return back;
}

function echoIp(back: Uint8Array, view: DataView): void {
  const at = ETH_HEADER + IP_HEADER;
  const from = view.getUint32(ETH_HEADER + 12);
  view.setUint32(ETH_HEADER + 12, view.getUint32(ETH_HEADER + 16));
  view.setUint32(ETH_HEADER + 16, from);
  const protocol = view.getUint8(ETH_HEADER + 9);
  const length = Math.min(view.getUint16(ETH_HEADER + 2), back.length - ETH_HEADER);
  if (protocol === PROTO_ICMP && view.getUint8(at) === 8) {
    view.setUint8(at, 0);
    view.setUint16(at + 2, 0);
    view.setUint16(at + 2, checksum(back.subarray(at, ETH_HEADER + length), 0));
  } else if (protocol === PROTO_UDP) {
    const port = view.getUint16(at);
    view.setUint16(at, view.getUint16(at + 2));
    view.setUint16(at + 2, port);
  }
}
