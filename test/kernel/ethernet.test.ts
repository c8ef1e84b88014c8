import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

const run = (imports: string, body: string) => runKernel(`${imports}\nfunction main() { ${body} }`).log;

describe("Ethernet", () => {
  test("eth_type_trans reads and pulls the header, and tells for whom the frame is", () => {
    const log = run(
      `import { alloc_etherdev, eth_type_trans, eth_hdr, eth_header_parse, ether_setup, eth_copy_and_sum } from "linux/etherdevice"; import { dev_alloc_skb, skb_put } from "linux/skbuff"; import { htons, ntohs } from "asm/byteorder";`,
      `const dev = alloc_etherdev(0)!; dev.dev_addr.set([2, 0, 0, 0, 0, 9]);
      function frame(dest: number[], type: number[]) { const skb = dev_alloc_skb(60)!; eth_copy_and_sum(skb, new Uint8Array(0), 0, 0); const b = skb_put(skb, 20); b.set(dest); b.set([2, 1, 1, 1, 1, 1], 6); b.set(type, 12); skb.dev = dev; skb.protocol = eth_type_trans(skb, dev); return skb; }
      for (const dest of [[2, 0, 0, 0, 0, 9], [2, 0, 0, 0, 0, 8], [255, 255, 255, 255, 255, 255], [1, 0, 94, 0, 0, 1]]) { const s = frame(dest, [8, 0]); log([s.pkt_type, s.len, s.protocol === htons(0x800)]); }
      const s = frame([2, 0, 0, 0, 0, 9], [0, 6]); log(ntohs(s.protocol)); const from = new Uint8Array(6); log([eth_header_parse(s, from), Array.from(from), ntohs(eth_hdr(s).h_proto), eth_hdr(s).h_dest[5], s.mac.ethernet!.h_source[0]]);`,
    );
    expect(log).toEqual([
      [0, 6, true],
      [3, 6, true],
      [1, 6, true],
      [2, 6, true],
      4,
      [6, [2, 1, 1, 1, 1, 1], 6, 9, 2],
    ]);
  });

  test("eth_header builds a header and says when the destination is missing", () => {
    const log = run(
      `import { alloc_etherdev, eth_header, eth_rebuild_header, eth_header_cache, eth_header_cache_update } from "linux/etherdevice"; import { dev_alloc_skb, skb_reserve } from "linux/skbuff"; import { IFF_NOARP } from "linux/if"; import { hh_cache } from "linux/netdevice";`,
      `const dev = alloc_etherdev(null)!; dev.dev_addr.set([2, 0, 0, 0, 0, 9]); const d = Uint8Array.of(2, 7, 7, 7, 7, 7);
      function make() { const s = dev_alloc_skb(60)!; skb_reserve(s, 20); s.dev = dev; return s; }
      let s = make(); log([eth_header(s, dev, 0x806, d, null, 0), Array.from(s.data)]); s = make(); log([eth_header(s, dev, 0x800, null, null, 0), eth_rebuild_header(s)]);
      s = make(); log([eth_header(s, dev, 1, d, d, 300), s.data[12], s.data[13], s.data[6], s.data[7]]); dev.flags |= IFF_NOARP; s = make(); log([eth_header(s, dev, 0x800, d, null, 0), Array.from(s.data.subarray(0, 6))]);
      const hh = new hh_cache(); eth_header_cache({ ha: d, dev }, hh); eth_header_cache_update(hh, dev, dev.dev_addr); log([hh.hh_len, hh.hh_data[3]]);`,
    );
    expect(log).toEqual([
      [14, [2, 7, 7, 7, 7, 7, 2, 0, 0, 0, 0, 9, 8, 6]],
      [-14, 0],
      [14, 1, 44, 2, 7],
      [14, [0, 0, 0, 0, 0, 0]],
      [14, 0],
    ]);
  });

  test("addresses: valid, multicast, random, equal; ether_setup and its callbacks", () => {
    const log = run(
      `import { alloc_etherdev, is_valid_ether_addr, is_multicast_ether_addr, is_zero_ether_addr, is_broadcast_ether_addr, random_ether_addr, compare_ether_addr, eth_mac_addr, eth_change_mtu, ETH_ALEN, ETH_HLEN, ETH_DATA_LEN } from "linux/etherdevice"; import { sockaddr } from "linux/if";`,
      `const z = new Uint8Array(6), b = new Uint8Array(6).fill(255), m = Uint8Array.of(1, 0, 94, 0, 0, 1), s = Uint8Array.of(2, 0, 0, 0, 0, 1), r = new Uint8Array(6);
      for (const a of [z, b, m, s]) log([is_valid_ether_addr(a), is_multicast_ether_addr(a), is_zero_ether_addr(a), is_broadcast_ether_addr(a)]);
      random_ether_addr(r); log([is_valid_ether_addr(r), r[0]! & 2, compare_ether_addr(r, r), compare_ether_addr(r, s)]);
      const dev = alloc_etherdev(0)!; const sa = new sockaddr(); sa.sa_data.set(s); log([eth_mac_addr(dev, sa), dev.dev_addr[5], eth_change_mtu(dev, 67), eth_change_mtu(dev, 1501), eth_change_mtu(dev, 900), dev.mtu]);
      log([dev.type, dev.hard_header_len === ETH_HLEN, dev.addr_len === ETH_ALEN, dev.tx_queue_len, dev.flags, dev.broadcast[0], dev.name, ETH_DATA_LEN]);`,
    );
    expect(log).toEqual([
      [0, 0, 1, 0],
      [0, 1, 0, 1],
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [1, 2, 0, 1],
      [0, 1, -22, -22, 0, 900],
      [1, true, true, 1000, 0x1002, 255, "eth%d", 1500],
    ]);
  });

  test("CRCs are those of Ethernet", () => {
    const log = run(
      `import { crc32_le, crc32_be, ether_crc, ether_crc_le, bitreverse } from "linux/crc32";`,
      `const nine = Uint8Array.from("123456789", (c) => c.charCodeAt(0)); log([(crc32_le(0xffffffff, nine, 9) ^ 0xffffffff) >>> 0, (crc32_be(0xffffffff, nine, 9) ^ 0xffffffff) >>> 0, bitreverse(1)]);
      const all = Uint8Array.of(1, 0, 0x5e, 0, 0, 1); log([ether_crc(6, all) >>> 26, ether_crc_le(6, all) === bitreverse(ether_crc(6, all))]);`,
    );
    expect(log[0]).toEqual([0xcbf43926, 0xfc891918, 0x80000000]);
    expect(log[1]).toEqual([31, true]);
  });

  test("IP, UDP and ICMP headers are views; checksums verify", () => {
    const log = run(
      `import { iphdr, ip_fast_csum, ip_compute_csum, csum_partial, csum_fold, csum_tcpudp_magic } from "linux/ip"; import { udphdr } from "linux/udp"; import { icmphdr, ICMP_ECHO } from "linux/icmp"; import { in_aton, in_ntoa, IPPROTO_UDP } from "linux/in"; import { htons, htonl, ntohs } from "asm/byteorder";`,
      `const b = new Uint8Array(64); const ih = iphdr.at(b, 2); ih.version = 4; ih.ihl = 5; ih.tot_len = htons(48); ih.ttl = 64; ih.protocol = IPPROTO_UDP; ih.id = htons(7); ih.saddr = htonl(in_aton("10.0.0.1")!) >>> 0; ih.daddr = htonl(in_aton("10.0.0.2")!) >>> 0;
      ih.check = ip_fast_csum(ih, ih.ihl); log([Array.from(b.subarray(2, 22)), ip_fast_csum(b.subarray(2), 5), ih.tos, ih.frag_off, ntohs(ih.tot_len), in_ntoa(0x0a000002), in_aton("1.2.3"), iphdr.size]);
      const uh = udphdr.at(b, 22); uh.source = htons(1024); uh.dest = htons(9); uh.len = htons(28); uh.check = csum_tcpudp_magic(ih.saddr, ih.daddr, 28, IPPROTO_UDP, csum_partial(b.subarray(22), 28, 0));
      log([csum_tcpudp_magic(ih.saddr, ih.daddr, 28, IPPROTO_UDP, csum_partial(b.subarray(22), 28, 0)), b[22], b[25], csum_fold(0x1ffff), ip_compute_csum(Uint8Array.of(1, 2, 3), 3)]);
      const ic = icmphdr.at(b, 40); ic.type = ICMP_ECHO; ic.code = 0; ic.id = htons(5); ic.sequence = htons(1); ic.checksum = 0; log(Array.from(b.subarray(40, 48)));`,
    );
    expect(log[0]).toEqual([
      [0x45, 0, 0, 48, 0, 7, 0, 0, 64, 17, 0x66, 0xb4, 10, 0, 0, 1, 10, 0, 0, 2],
      0,
      0,
      0,
      48,
      "10.0.0.2",
      null,
      20,
    ]);
    expect(log[1]).toEqual([0, 4, 9, 0xfffe, 0xfdfb]);
    expect(log[2]).toEqual([8, 0, 0, 0, 0, 5, 0, 1]);
  });
});
