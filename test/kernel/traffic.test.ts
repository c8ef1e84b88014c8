import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

const ended = { kind: "ended", reason: "finished" };
const HEAD = `import {
  register_netdev, netdev_priv, type net_device, net_device_stats, netif_start_queue, netif_stop_queue, netif_wake_queue, netif_queue_stopped, netif_schedule, __netif_schedule,
  netif_rx, netif_rx_ni, netif_receive_skb, netif_rx_schedule, netif_rx_schedule_prep, __netif_rx_schedule_prep, __netif_rx_schedule, netif_rx_complete, __netif_rx_complete, netif_rx_reschedule,
  netif_poll_disable, netif_poll_enable, dev_queue_xmit, dev_add_pack, dev_remove_pack, __dev_remove_pack, packet_type, dev_open, NETDEV_TX_OK, NETDEV_TX_BUSY, NETDEV_TX_LOCKED, NETIF_F_LLTX, NETIF_F_SG,
  NETIF_F_HW_CSUM, NET_RX_DROP, NET_RX_SUCCESS, NETIF_MSG_LINK, netif_msg_init, netif_msg_link, netif_msg_drv, ETH_P_ALL, test_bit, __LINK_STATE_RX_SCHED, jiffies, HZ, PACKET_OUTGOING,
} from "linux/netdevice"; import { alloc_etherdev, eth_type_trans } from "linux/etherdevice"; import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink"; import { msleep } from "linux/delay";
import { dev_kfree_skb, dev_kfree_skb_irq, dev_kfree_skb_any, dev_alloc_skb, skb_put, type sk_buff } from "linux/skbuff"; import { htons } from "asm/byteorder"; import { local_bh_disable, local_bh_enable, local_irq_disable, local_irq_enable, in_irq, in_softirq } from "linux/interrupt";
import { udp_send, icmp_ping, udp_received, ip_get_address, ip_set_address, netdev_names } from "kernel:net/socket.ts";
class my_priv { stats = new net_device_stats(); verdicts: number[] = []; sent: sk_buff[] = []; rx: number = 0; budgets: number[] = []; }
const calls: string[] = [];
function my_xmit(skb: sk_buff, dev: net_device): number { const p = netdev_priv<my_priv>(dev); const v = p.verdicts.shift() ?? 0; calls.push("x" + v); if (v === 0) { dev.trans_start = jiffies; p.stats.tx_packets++; dev_kfree_skb(skb); } return v; }
let dev: net_device; let p: my_priv;
function up(change: (dev: net_device) => void = () => {}) { dev = alloc_etherdev(my_priv)!; p = netdev_priv<my_priv>(dev); dev.hard_start_xmit = my_xmit; dev.open = (d) => { netif_start_queue(d); return 0; }; dev.stop = (d) => { netif_stop_queue(d); return 0; };
  dev.dev_addr.set([2, 0, 0, 0, 0, 9]); dev.get_stats = (d) => netdev_priv<my_priv>(d).stats; change(dev); register_netdev(dev); rtnl_lock(); dev_open(dev); rtnl_unlock(); }
function frame(dest = [2, 0, 0, 0, 0, 9], type = 0x88b5) { const skb = dev_alloc_skb(60)!; const b = skb_put(skb, 60); b.set(dest); b[12] = type >> 8; b[13] = type & 255; skb.dev = dev; skb.protocol = eth_type_trans(skb, dev); return skb; }
`;
const run = (body: string, more = "", options = {}) =>
  runKernel(`${HEAD}${more}\nfunction main() { ${body} }`, options);

describe("sending", () => {
  test("a UDP frame reaches the driver whole: headers, addresses, checksums, length", () => {
    const r = run(
      `up((d) => { d.hard_start_xmit = show; }); log([udp_send(dev.name, { size: 64, fill: 7 }), udp_send(dev.name, { size: 20 }), udp_send(dev.name, { size: 1515 }), udp_send("nope"), udp_send(dev.name, { to: "10.0.0.77", mac: "2:0:0:0:0:1", size: 42 })]);`,
      `import { iphdr, ip_fast_csum } from "linux/ip"; function show(skb: sk_buff, d: net_device) { d.trans_start = jiffies; const ih = iphdr.at(skb.data, 14); log([skb.len, skb.data[12]! * 256 + skb.data[13]!, skb.data[0], skb.data[6], skb.data[11], skb.data.length > 33 ? [ip_fast_csum(ih, 5), ih.protocol, skb.data[30], skb.data[33], skb.data[skb.len - 1]] : 0, in_softirq() !== 0, d.xmit_lock.owner !== null]); dev_kfree_skb(skb); return 0; }`,
    );
    expect(r.log).toEqual([
      [64, 0x800, 2, 2, 9, [0, 17, 10, 2, 7], true, true],
      [20, 0x88b5, 2, 2, 9, 0, true, true],
      [42, 0x800, 2, 2, 9, [0, 17, 10, 77, expect.any(Number)], true, true],
      [64, 20, -90, -19, 42],
    ]);
  });

  test("BUSY keeps the packet in the queue; waking sends it", () => {
    const r = run(
      `up(); p.verdicts = [1]; const busy = (skb: sk_buff, d: net_device) => { netif_stop_queue(d); return NETDEV_TX_BUSY; }; dev.hard_start_xmit = busy; udp_send(dev.name); udp_send(dev.name); log([dev.qdisc!.qlen, netif_queue_stopped(dev)]); dev.hard_start_xmit = my_xmit; p.verdicts = []; netif_wake_queue(dev); msleep(10); log([dev.qdisc!.qlen, p.stats.tx_packets]);`,
    );
    expect(r.log).toEqual([
      [2, 1],
      [0, 2],
    ]);
    expect(r.of("skb-requeued")).toMatchObject([{ result: 1 }]);
    expect(r.of("xmit-result").map((e) => [e.result, e.stopped, e.lltx])).toEqual([
      [1, true, false],
      [0, false, false],
      [0, false, false],
    ]);
  });

  test("netif_start_queue does not send what waits, netif_schedule does", () => {
    const r = run(
      `up(); netif_stop_queue(dev); udp_send(dev.name); netif_schedule(dev); msleep(10); log(p.stats.tx_packets); netif_start_queue(dev); msleep(10); log(p.stats.tx_packets); netif_schedule(dev); msleep(10); log(p.stats.tx_packets); __netif_schedule(dev); msleep(5); log(p.stats.tx_packets);`,
    );
    expect(r.log).toEqual([0, 0, 1, 1]);
  });

  test("a full queue drops, and the sender hears it", () => {
    const r = run(
      `up((d) => { d.tx_queue_len = 2; }); netif_stop_queue(dev); log([0, 0, 0].map(() => udp_send(dev.name)));`,
    );
    expect(r.log).toEqual([[64, 64, -105]]);
    expect(r.of("skb-freed").map((e) => e.fn)).toEqual(["pfifo_fast_enqueue"]);
  });

  test("LOCKED of an LLTX driver is tried again; without LLTX it counts as BUSY", () => {
    const r = run(
      `up((d) => { d.features |= NETIF_F_LLTX; }); p.verdicts = [NETDEV_TX_LOCKED]; udp_send(dev.name); msleep(10); log([calls.join(" "), p.stats.tx_packets]); calls.length = 0; dev.features = 0; p.verdicts = [NETDEV_TX_LOCKED]; udp_send(dev.name); msleep(10); log([calls.join(" "), p.stats.tx_packets]);`,
    );
    expect(r.log).toEqual([
      ["x-1 x0", 1],
      ["x-1 x0", 2],
    ]);
    expect(r.of("xmit-result").map((e) => e.lltx)).toEqual([true, true, false, false]);
  });

  test("a device without a queue is called at once; BUSY from it is a lost packet", () => {
    const r = run(
      `up((d) => { d.tx_queue_len = 0; }); log(udp_send(dev.name)); p.verdicts = [NETDEV_TX_BUSY]; log(udp_send(dev.name)); log(dev.qdisc!.name);`,
    );
    expect(r.log).toEqual([64, -100, "noqueue"]);
    expect(r.dmesg.join()).toContain("Virtual device eth0 asks to queue packet!");
  });

  test("sending on the own device from hard_start_xmit is a dead loop", () => {
    const r = run(
      `up((d) => { d.tx_queue_len = 0; d.hard_start_xmit = (skb, d2) => { skb.dev = d2; dev_queue_xmit(skb); return 0; }; }); udp_send(dev.name);`,
    );
    expect(r.dmesg.join()).toContain("Dead loop on virtual device eth0");
  });

  test("the watchdog calls tx_timeout under xmit_lock when nothing moves", () => {
    const r = run(
      `up((d) => { d.watchdog_timeo = 50; d.tx_timeout = (d2) => { log([in_softirq() !== 0, d2.xmit_lock.owner !== null, d2.xmit_lock_owner]); d2.trans_start = jiffies; netif_wake_queue(d2); }; }); netif_stop_queue(dev); msleep(1000); log(netif_queue_stopped(dev));`,
    );
    expect(r.log).toEqual([[true, true, -1], 0]);
    expect(r.dmesg.join()).toContain("NETDEV WATCHDOG: eth0: transmit timed out");
    expect(r.of("tx-timeout")).toHaveLength(1);
  });

  test("taps see clones of what is sent, and everything that is received", () => {
    const r = run(
      `up(); const pt = new packet_type(); pt.type = htons(ETH_P_ALL); pt.func = (skb) => { log([skb.pkt_type === PACKET_OUTGOING, skb.cloned, skb.len]); dev_kfree_skb(skb); return 0; }; dev_add_pack(pt); udp_send(dev.name); netif_rx_ni(frame()); dev_remove_pack(pt); udp_send(dev.name); __dev_remove_pack(pt);`,
    );
    expect(r.log).toEqual([
      [true, 1, 64],
      [false, 0, 46],
    ]);
  });

  test("fragments and missing checksums are made good for a device that cannot do them", () => {
    const r = run(
      `up((d) => { d.features = NETIF_F_SG | NETIF_F_HW_CSUM; d.hard_start_xmit = (skb) => { log([skb.len, skb.data_len]); dev_kfree_skb(skb); return 0; }; }); udp_send(dev.name, { size: 200, frags: 2 }); dev.features = 0; udp_send(dev.name, { size: 200, frags: 2 });`,
    );
    expect(r.log).toEqual([
      [200, 158],
      [200, 0],
    ]);
  });

  test("dev_kfree_skb_irq and _any free in the NET_TX softirq where interrupts are off", () => {
    const r = run(
      `const a = dev_alloc_skb(9)!, b = dev_alloc_skb(9)!, c = dev_alloc_skb(9)!; local_irq_disable(); dev_kfree_skb_irq(a); dev_kfree_skb_any(b); local_irq_enable(); dev_kfree_skb_any(c); msleep(10); a.len; b.len; c.len;`,
    );
    expect(r.of("skb-freed").map((e) => [e.fn, e.irqsDisabled])).toEqual([
      ["dev_kfree_skb_irq", true],
      ["dev_kfree_skb_irq", true],
      ["dev_kfree_skb", false],
    ]);
    expect(r.of("freed-access")).toHaveLength(3);
  });

  test("two CPUs in one device's queue: nothing is lost, xmit_lock excludes", () => {
    for (const seed of [1, 2, 3]) {
      const r = run(
        `up((d) => { d.hard_start_xmit = careful; }); kthread_run(sender, null, "a"); kthread_run(sender, null, "b"); while (done < 2) msleep(10); log([count, clash]);`,
        `import { kthread_run } from "linux/kthread"; import { udelay } from "linux/delay"; let inside = 0, clash = 0, count = 0, done = 0; function careful(skb: sk_buff, d: net_device) { if (inside) clash++; inside = 1; udelay(1); count++; d.trans_start = jiffies; dev_kfree_skb(skb); inside = 0; return 0; }
        function sender() { for (let i = 0; i < 30; i++) udp_send(dev.name); done++; return 0; }`,
        { seed },
      );
      expect(r.log).toEqual([[60, 0]]);
    }
  });
});

describe("receiving", () => {
  test("netif_rx delivers from the softirq; the backlog has an end", () => {
    const r = run(
      `up(); set_netdev_max_backlog(2); local_bh_disable(); log([1, 2, 3, 4].map(() => netif_rx(frame()) === NET_RX_DROP)); local_bh_enable(); msleep(5);`,
      `import { set_netdev_max_backlog } from "kernel:net/core/receive.ts";`,
    );
    expect(r.log).toEqual([[false, false, false, true]]);
    expect(r.of("skb-to-stack").map((e) => e.result)).toEqual([0, 0, 0, 1]);
    expect(r.of("skb-delivered")).toHaveLength(3);
    expect(r.of("netdev-hold").length - r.of("netdev-put").length).toBe(2);
  });

  test("2.6 polling: quota, budget, complete, and again", () => {
    const r = run(
      `up((d) => { d.poll = poll; d.weight = 4; }); log([netif_rx_schedule_prep(dev), netif_rx_schedule_prep(dev), __netif_rx_schedule_prep(dev)]); p.rx = 10; local_bh_disable(); __netif_rx_schedule(dev); local_bh_enable(); msleep(5); log(p.budgets.join(" ")); p.rx = 3; local_bh_disable(); netif_rx_schedule(dev); local_bh_enable(); msleep(5); log([p.rx, test_bit(__LINK_STATE_RX_SCHED, dev.state)]);`,
      `function poll(d: net_device, budget: { v: number }) { const q = netdev_priv<my_priv>(d); p.budgets.push(budget.v, d.quota); let n = 0; const limit = Math.min(budget.v, d.quota); while (q.rx > 0 && n < limit) { netif_receive_skb(frame()); q.rx--; n++; } budget.v -= n; d.quota -= n; if (q.rx > 0) return 1; netif_rx_complete(d); return 0; }`,
    );
    expect(r.log).toEqual([[1, 0, 0], "300 4 296 4 292 4", [0, 0]]);
    expect(r.of("poll-result").map((e) => [e.result, e.delivered, e.allowed, e.onList])).toEqual([
      [1, 4, 4, true],
      [1, 4, 4, true],
      [0, 2, 4, false],
      [0, 3, 4, false],
    ]);
    expect(r.of("poll-completed").map((e) => [e.wasScheduled, e.inPoll])).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  test.each([
    ["complete and return 1 is an oops of the list", "netif_rx_complete(d); return 1;", true],
    ["complete twice is a BUG", "netif_rx_complete(d); netif_rx_complete(d); return 0;", true],
    [
      "__netif_rx_complete, then a reschedule is polled again",
      "if (++n > 1) { __netif_rx_complete(d); return 0; } __netif_rx_complete(d); netif_rx_reschedule(d, 0); return 1;",
      false,
    ],
  ])("%s", (_name, body, oops) => {
    const r = run(
      `up((d) => { d.weight = 4; d.poll = (d) => { ${body} }; }); local_bh_disable(); netif_rx_schedule(dev); local_bh_enable(); msleep(9); log(n);`,
      "let n = 0;",
    );
    expect(r.of("oops")).toHaveLength(oops ? 1 : 0);
    if (!oops) expect(r.log).toEqual([2]);
  });

  test("netif_poll_disable waits for the poll and keeps it off until netif_poll_enable", () => {
    const r = run(
      `up((d) => { d.weight = 4; d.poll = (d) => { netif_rx_complete(d); return 0; }; }); netif_poll_disable(dev); log(netif_rx_schedule_prep(dev)); netif_poll_enable(dev); log(netif_rx_schedule_prep(dev)); netif_poll_enable(dev); netif_rx_schedule(dev); netif_poll_enable(dev);`,
    );
    expect(r.log).toEqual([0, 1]);
    expect(r.of("api-misused").map((e) => e.rule)).toEqual(["napi-poll-disable"]);
  });

  test("an skb without device is told and is an oops", () => {
    const r = run(`up(); const s = frame(); s.dev = null; netif_rx(s);`);
    expect(r.of("skb-misused")).toMatchObject([{ how: "no-dev", fn: "netif_rx" }]);
    expect(r.of("oops")).toHaveLength(1);
  });

  test("contexts: netif_receive_skb in a process and dev_queue_xmit with interrupts off are told", () => {
    const r = run(
      `up(); netif_receive_skb(frame()); local_irq_disable(); dev_queue_xmit(frame()); local_irq_enable();`,
    );
    expect(r.of("context-restricted").map((e) => [e.fn, e.irqsDisabled])).toContainEqual([
      "netif_receive_skb",
      false,
    ]);
    expect(r.of("context-restricted").map((e) => [e.fn, e.irqsDisabled])).toContainEqual([
      "dev_queue_xmit",
      true,
    ]);
  });
});

describe("the small IP stack", () => {
  const WIRE = `import { iphdr, ip_fast_csum } from "linux/ip"; function wire(d: net_device) { d.hard_start_xmit = (skb, self) => { self.trans_start = jiffies; const other = self === dev ? twin : dev; const copy = dev_alloc_skb(skb.len + 2)!; skb_put(copy, skb.len).set(skb.data); dev_kfree_skb(skb); copy.data.set(other.dev_addr); copy.data[28]! ^= 1; copy.data[32]! ^= 1; const ih = iphdr.at(copy.data, 14); ih.check = 0; ih.check = ip_fast_csum(ih, 5); copy.ip_summed = 2; copy.dev = other; copy.protocol = eth_type_trans(copy, other); netif_rx(copy); return 0; }; } let twin: net_device;`;

  test("a ping over two devices that are each other's wire comes back; UDP is counted", () => {
    const r = run(
      `up(wire); twin = dev; up(wire); log(netdev_names()); ip_set_address("eth0", { address: "10.8.0.1", peer: "10.8.0.2" }); ip_set_address("eth1", { address: "10.8.1.2", peer: "10.8.1.1" });
      log([icmp_ping("eth0") > 0, icmp_ping("eth1", { size: 1000 }) > 0, icmp_ping("eth0", { to: "10.8.0.7", timeoutMs: 50 }), udp_send("eth0", { size: 333 })]); msleep(5); log([udp_received("eth1"), udp_received("eth0"), ip_get_address("eth0")!.peer, ip_get_address("x"), icmp_ping("x")]);`,
      WIRE,
    );
    expect(r.log).toEqual([
      ["eth0", "eth1"],
      [true, true, -110, 333],
      [1, 0, "10.8.0.2", null, -19],
    ]);
    expect(r.end).toEqual(ended);
  });

  test("an ARP request for our address is answered", () => {
    const r =
      run(`up((d) => { d.hard_start_xmit = (skb) => { log(Array.from(skb.data.subarray(12, 42))); dev_kfree_skb(skb); return 0; }; });
      const s = dev_alloc_skb(60)!; const b = skb_put(s, 42); b.set([255, 255, 255, 255, 255, 255, 2, 5, 5, 5, 5, 5, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 2, 5, 5, 5, 5, 5, 10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1]); s.dev = dev; s.protocol = eth_type_trans(s, dev); netif_rx_ni(s); log(Array.from(ip_get_address("eth0")!.peerMac));`);
    expect(r.log).toEqual([
      [8, 6, 0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0, 0, 9, 10, 0, 0, 1, 2, 5, 5, 5, 5, 5, 10, 0, 0, 2],
      [2, 5, 5, 5, 5, 5],
    ]);
  });

  test("a sender with a full send buffer waits, or is told", () => {
    const r = run(
      `up((d) => { d.hard_start_xmit = (skb) => { p.sent.push(skb); return 0; }; }); let n = 0; while (udp_send(dev.name, { size: 1500 }) > 0) n++; log([n > 20, udp_send(dev.name, { size: 1500 })]); kthread_run(() => { msleep(20); for (const s of p.sent.splice(0, 9)) dev_kfree_skb(s); return 0; }, null, "free"); log(udp_send(dev.name, { size: 1500, block: true }));`,
      `import { kthread_run } from "linux/kthread";`,
    );
    expect(r.log).toEqual([[true, -11], 1500]);
  });
});

test("message levels", () => {
  const r =
    runKernel(`import { netif_msg_drv, netif_msg_hw, netif_msg_ifdown, netif_msg_ifup, netif_msg_init, netif_msg_intr, netif_msg_link, netif_msg_pktdata, netif_msg_probe, netif_msg_rx_err,
      netif_msg_rx_status, netif_msg_timer, netif_msg_tx_done, netif_msg_tx_err, netif_msg_tx_queued, netif_msg_wol } from "linux/netdevice";
    const classes = [netif_msg_drv, netif_msg_probe, netif_msg_link, netif_msg_timer, netif_msg_ifdown, netif_msg_ifup, netif_msg_rx_err, netif_msg_tx_err, netif_msg_tx_queued, netif_msg_intr, netif_msg_tx_done, netif_msg_rx_status, netif_msg_pktdata, netif_msg_hw, netif_msg_wol];
    function main() { log([netif_msg_init(3, 0), netif_msg_init(-1, 5), netif_msg_init(0, 5)]); for (let i = 0; i < 15; i++) log(classes.filter((c) => c({ msg_enable: 1 << i })).map((c) => classes.indexOf(c))); }`);
  expect(r.log).toEqual([[7, 5, 0], ...Array.from({ length: 15 }, (_, i) => [i])]);
});

test("a device's neighbours, addresses, hardware and headers are what the stack made of them", () => {
  const r = run(
    `up((d) => { d.neigh_setup = (d2, parms) => { log([parms instanceof neigh_parms, parms.dev === d2]); return 0; }; SET_NETDEV_DEV(d, dev_alloc_skb(1)); }); log([dev.class_dev.dev !== null, dev.ip_ptr instanceof in_device, dev.mc_list instanceof dev_mc_list, IFNAMSIZ, MAX_ADDR_LEN]);
    const s = frame(); s.nh.raw = s.data; s.h.raw = s.data; log([s.mac instanceof skb_mac_header, s.nh instanceof skb_network_header, s.h instanceof skb_transport_header, s.mac.ethernet instanceof ethhdr, s.nh.iph!.version, s.h.uh!.len, s.h.icmph!.type]);`,
    `import { neigh_parms, dev_mc_list, SET_NETDEV_DEV, IFNAMSIZ, MAX_ADDR_LEN, skb_mac_header, skb_network_header, skb_transport_header, ethhdr } from "linux/netdevice"; import { in_device } from "linux/inetdevice";`,
  );
  expect(r.log).toEqual([
    [true, true],
    [true, true, true, 16, 32],
    [true, true, true, true, 0, 0, 0],
  ]);
});
