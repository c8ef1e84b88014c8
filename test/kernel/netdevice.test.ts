import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

const ended = { kind: "ended", reason: "finished" };
const NETDEVICE = `import {
  alloc_netdev, ether_setup, register_netdev, unregister_netdev, register_netdevice, unregister_netdevice, free_netdev, netdev_priv, net_device, net_device_stats,
  dev_get_by_name, __dev_get_by_name, dev_get_by_index, __dev_get_by_index, dev_alloc_name, dev_hold, dev_put, __dev_put, dev_open, dev_close, dev_change_flags, dev_get_flags, dev_set_mtu,
  dev_set_mac_address, dev_change_name, dev_set_promiscuity, dev_set_allmulti, netdev_state_change, dev_mc_add, dev_mc_delete, dev_mc_upload, netif_running, netif_start_queue, netif_stop_queue,
  netif_wake_queue, netif_queue_stopped, netif_carrier_on, netif_carrier_off, netif_carrier_ok, netif_device_detach, netif_device_attach, netif_device_present, netif_tx_disable,
  register_netdevice_notifier, unregister_netdevice_notifier, notifier_block, NETDEV_REGISTER, NETDEV_UP, NETDEV_DOWN, NETDEV_GOING_DOWN, NETDEV_CHANGE, NETDEV_CHANGEMTU, NETDEV_CHANGENAME,
  NETDEV_UNREGISTER, NETREG_UNINITIALIZED, NETREG_REGISTERED, NETREG_REGISTERING, NETREG_UNREGISTERED, IFF_UP, IFF_PROMISC, IFF_ALLMULTI, IFF_RUNNING, to_net_dev, SET_MODULE_OWNER,
  dev_kfree_skb, NETDEV_TX_OK, type sk_buff, type private_class, type class_device, HZ, jiffies } from "linux/netdevice";
import { alloc_etherdev } from "linux/etherdevice"; import { rtnl_lock, rtnl_unlock, rtnl_trylock, ASSERT_RTNL } from "linux/rtnetlink"; import { msleep } from "linux/delay"; import { printk } from "linux/kernel";
class my_priv { stats = new net_device_stats(); opened = 0; }
function my_xmit(skb: sk_buff, dev: net_device) { dev.trans_start = jiffies; netdev_priv<my_priv>(dev).stats.tx_packets++; dev_kfree_skb(skb); return NETDEV_TX_OK; }
function my_open(dev: net_device) { netdev_priv<my_priv>(dev).opened++; netif_start_queue(dev); return 0; }
function my_stop(dev: net_device) { netif_stop_queue(dev); return 0; }
function my_stats(dev: net_device) { return netdev_priv<my_priv>(dev).stats; }
function make() { const dev = alloc_etherdev(my_priv)!; dev.hard_start_xmit = my_xmit; dev.open = my_open; dev.stop = my_stop; dev.get_stats = my_stats; dev.dev_addr[5] = 1; return dev; }
`;
const run = (body: string, more = "") => runKernel(`${NETDEVICE}${more}\nfunction main() { ${body} }`);

describe("the life of a device", () => {
  test("register names it, unregister and free end it, and use after that is told", () => {
    const r =
      run(`const dev = make(); SET_MODULE_OWNER(dev); log([dev.reg_state === NETREG_UNINITIALIZED, netdev_priv(dev) === dev.priv, netdev_priv<my_priv>(dev).opened]);
      log([register_netdev(dev), dev.name, dev.ifindex, dev.reg_state === NETREG_REGISTERED, netif_device_present(dev), to_net_dev(dev.class_dev) === dev]);
      const other = make(); log([register_netdev(other), other.name]); unregister_netdev(dev); log([dev.reg_state === NETREG_UNREGISTERED, __dev_get_by_name("eth0")]);
      const p = netdev_priv<my_priv>(dev); free_netdev(dev); dev.mtu; p.opened; unregister_netdev(other); free_netdev(other);`);
    expect(r.log).toEqual([
      [true, true, 0],
      [0, "eth0", 1, true, 1, true],
      [0, "eth1"],
      [true, null],
    ]);
    expect(r.of("freed-access").map((e) => e.key)).toEqual(["mtu", "opened"]);
    expect(r.of("netdev-released")).toHaveLength(2);
    expect(r.end).toEqual(ended);
  });

  test("registering under rtnl is complete only when rtnl is released", () => {
    const r =
      run(`const dev = make(); rtnl_lock(); log([dev_alloc_name(dev, "x%d"), dev.name, register_netdevice(dev), dev.reg_state === NETREG_REGISTERING, rtnl_trylock()]); rtnl_unlock(); log(dev.reg_state === NETREG_REGISTERED);
      rtnl_lock(); unregister_netdevice(dev); rtnl_unlock(); log(dev.reg_state === NETREG_UNREGISTERED); free_netdev(dev); log(rtnl_trylock()); ASSERT_RTNL(); rtnl_unlock(); ASSERT_RTNL();`);
    expect(r.log).toEqual([[0, "x0", 0, true, 0], true, true, 1]);
    expect(r.of("api-misused").map((e) => e.rule)).toEqual(["rtnl-assert"]);
    expect(r.dmesg.join()).toContain("RTNL: assertion failed");
  });

  test.each([
    [
      "twice registered",
      "const d = make(); register_netdev(d); register_netdev(d);",
      "double-register",
      "oops",
    ],
    [
      "freed while registered",
      "const d = make(); register_netdev(d); free_netdev(d);",
      "free-registered",
      "oops",
    ],
    [
      "freed under rtnl",
      "const d = make(); register_netdev(d); rtnl_lock(); unregister_netdevice(d); free_netdev(d);",
      "free-unregistering",
      "oops",
    ],
    [
      "unregistered twice",
      "const d = make(); register_netdev(d); unregister_netdev(d); unregister_netdev(d);",
      "unregister-state",
      "oops",
    ],
    [
      "unregistered in the section that registered",
      "const d = make(); d.name = 'a'; rtnl_lock(); register_netdevice(d); unregister_netdevice(d);",
      "unregister-registering",
      "oops",
    ],
    ["freed twice", "const d = make(); free_netdev(d); free_netdev(d);", "double-free", "oops"],
    ["never registered, unregistered", "unregister_netdev(make());", "never-registered", null],
    [
      "made without alloc_netdev",
      "const d = new net_device(); ether_setup(d); d.name = 'a'; register_netdev(d);",
      "not-allocated",
      null,
    ],
  ])("a device %s is told", (_name, body, how, then) => {
    const r = run(body);
    expect(r.of("netdev-misused").map((e) => e.how)).toEqual([how]);
    expect(r.of("oops")).toHaveLength(then === null ? 0 : 1);
  });

  test("names: taken, bad and patterns", () => {
    const r =
      run(`const a = make(), b = make(), c = alloc_netdev(my_priv, "a/b", ether_setup)!; register_netdev(a); b.name = "eth0"; log(register_netdev(b)); log(register_netdev(c)); b.name = "eth%d"; log([register_netdev(b), b.name]);
      rtnl_lock(); log([dev_change_name(b, "lan0"), b.name, dev_change_name(b, "eth0"), dev_change_name(b, "w%d"), b.name]); rtnl_unlock();
      const found = dev_get_by_name("w0")!; log([found === b, dev_get_by_name("nope"), __dev_get_by_index(b.ifindex) === b]); dev_put(found); const again = dev_get_by_index(a.ifindex)!; log(again === a); __dev_put(again);`);
    expect(r.log).toEqual([-17, -22, [0, "eth1"], [0, "lan0", -17, 0, "w0"], [true, null, true], true]);
  });

  test("unregistering waits for references and says so every ten seconds", () => {
    const r = run(
      `const dev = make(); register_netdev(dev); dev_hold(dev); kthread_run(later, dev, "later"); unregister_netdev(dev); log(jiffies > 22 * HZ);`,
      `import { kthread_run } from "linux/kthread"; function later(dev: net_device) { msleep(22500); dev_put(dev); return 0; }`,
    );
    expect(r.log).toEqual([true]);
    expect(r.of("netdev-wait-refs").map((e) => [e.count, e.seconds])).toEqual([
      [1, 10],
      [1, 20],
    ]);
    expect(r.dmesg.join()).toContain("waiting for eth0 to become free. Usage count = 1");
  });

  test("a reference that nobody gives back is a hang", () => {
    const r = run(`const dev = make(); register_netdev(dev); dev_hold(dev); unregister_netdev(dev);`);
    expect(r.end.kind).toBe("ended");
    expect(r.of("hang").length + r.of("deadlock").length).toBe(1);
  });

  test("notifiers hear what happens, and at once of what is there", () => {
    const r = run(
      `const a = make(); register_netdev(a); const nb = new notifier_block(); nb.notifier_call = hear as never; register_netdevice_notifier(nb);
      rtnl_lock(); dev_open(a); dev_set_mtu(a, 1000); netdev_state_change(a); dev_close(a); dev_change_name(a, "b"); rtnl_unlock(); unregister_netdev(a); unregister_netdevice_notifier(nb);
      log(heard.map((n) => ({ [NETDEV_REGISTER]: "register", [NETDEV_UP]: "up", [NETDEV_DOWN]: "down", [NETDEV_GOING_DOWN]: "going", [NETDEV_CHANGE]: "change", [NETDEV_CHANGEMTU]: "mtu", [NETDEV_CHANGENAME]: "name", [NETDEV_UNREGISTER]: "unregister" }[n])).join(" "));`,
      `const heard: number[] = []; function hear(_nb: notifier_block, event: number, _dev: net_device) { heard.push(event); return 0; }`,
    );
    expect(r.log).toEqual(["register up mtu change going down name unregister"]);
  });
});

describe("open, close and settings", () => {
  test("open and close in the order of 2.6.16", () => {
    const r = run(`const dev = make(); dev.set_multicast_list = () => {}; register_netdev(dev); rtnl_lock();
      log([netif_running(dev), dev_open(dev), netif_running(dev), (dev.flags & IFF_UP) !== 0, (dev_get_flags(dev) & IFF_RUNNING) !== 0, dev_open(dev), netdev_priv<my_priv>(dev).opened]);
      log([dev_close(dev), netif_running(dev), netif_queue_stopped(dev), dev.flags & IFF_UP]); dev.open = () => -12; log([dev_open(dev), netif_running(dev)]); netif_device_detach(dev); log([netif_device_present(dev), dev_open(dev)]); netif_device_attach(dev); rtnl_unlock();`);
    expect(r.log).toEqual([
      [0, 0, 1, true, true, 0, 1],
      [0, 0, 1, 0],
      [-12, 0],
      [0, -19],
    ]);
    expect(
      r
        .of("callback-entered")
        .map((e) => e.slot)
        .filter((s) => s !== "get_stats"),
    ).toEqual(["open", "set_multicast_list", "set_multicast_list", "stop", "open"]);
  });

  test("detach stops a running device's queue, attach wakes it; netif_tx_disable stops under xmit_lock", () => {
    const r = run(
      `const dev = make(); register_netdev(dev); rtnl_lock(); dev_open(dev); netif_device_detach(dev); log(netif_queue_stopped(dev)); netif_device_attach(dev); log(netif_queue_stopped(dev)); netif_tx_disable(dev); log(netif_queue_stopped(dev)); netif_wake_queue(dev); log(netif_queue_stopped(dev)); rtnl_unlock();`,
    );
    expect(r.log).toEqual([1, 0, 1, 0]);
    expect(r.of("queue-woken").map((e) => e.wasStopped)).toEqual([true, true]);
  });

  test("flags, promiscuity, all multicast and groups reach set_multicast_list under xmit_lock", () => {
    const r = run(
      `const dev = make(); dev.set_multicast_list = filter; register_netdev(dev); rtnl_lock(); dev_change_flags(dev, dev.flags | IFF_UP); dev_change_flags(dev, dev_get_flags(dev) | IFF_PROMISC); dev_change_flags(dev, dev_get_flags(dev) & ~IFF_PROMISC);
      dev_set_promiscuity(dev, 1); dev_set_promiscuity(dev, -1); dev_set_allmulti(dev, 1); dev_set_allmulti(dev, -1); rtnl_unlock();
      const mac = Uint8Array.of(1, 0, 94, 0, 0, 5); log([dev_mc_add(dev, mac, 6, 0), dev_mc_add(dev, mac, 6, 0), dev.mc_count, dev.mc_list!.dmi_addr[5], dev_mc_delete(dev, mac, 6, 0), dev.mc_count, dev_mc_delete(dev, mac, 6, 0), dev.mc_count, dev_mc_delete(dev, mac, 6, 0)]); dev_mc_upload(dev); log(seen.join(" "));`,
      `const seen: string[] = []; function filter(dev: net_device) { seen.push((dev.flags & IFF_PROMISC ? "P" : "") + (dev.flags & IFF_ALLMULTI ? "A" : "") + dev.mc_count + (dev.xmit_lock.owner === null ? "!" : "")); }`,
    );
    expect(r.log[0]).toEqual([0, 0, 2, 5, 0, 2, 0, 1, -2]);
    expect(r.log[1]).toMatch(/^0 1 1 (P?1 ?)+.*P1.*A1.*2 1 1$/);
    expect(r.dmesg.join()).toContain("device eth0 entered promiscuous mode");
  });

  test("mtu and address: the driver decides, a detached device is refused", () => {
    const r = run(
      `const dev = make(); register_netdev(dev); rtnl_lock(); log([dev_set_mtu(dev, 9000), dev_set_mtu(dev, 1400), dev.mtu, dev_set_mtu(dev, -1)]); dev.change_mtu = null; log([dev_set_mtu(dev, 9000), dev.mtu]);
      const sa = new sockaddr(); sa.sa_data[0] = 2; log(dev_set_mac_address(dev, sa)); sa.sa_family = 1; log([dev_set_mac_address(dev, sa), dev.dev_addr[0]]); dev.set_mac_address = null; log(dev_set_mac_address(dev, sa)); netif_device_detach(dev); log(dev_set_mtu(dev, 1)); rtnl_unlock();`,
      `import { sockaddr } from "linux/if";`,
    );
    expect(r.log).toEqual([[-22, 0, 1400, -22], [0, 9000], -22, [0, 2], -95, -19]);
  });

  test("carrier changes take the queue in and out of service through keventd, at most once a second", () => {
    const r = run(
      `const dev = make(); register_netdev(dev); rtnl_lock(); dev_open(dev); rtnl_unlock(); netif_carrier_off(dev); log([netif_carrier_ok(dev), dev_get_flags(dev) & IFF_RUNNING]); msleep(100); log(dev.qdisc!.name); netif_carrier_on(dev); msleep(100); log(dev.qdisc!.name); msleep(1500); log([dev.qdisc!.name, netif_carrier_ok(dev)]); unregister_netdev(dev);`,
    );
    expect(r.log).toEqual([[0, 0], "noop", "noop", ["pfifo_fast", 1]]);
    expect(r.of("carrier").map((e) => e.on)).toEqual([false, true]);
    expect(r.end).toEqual(ended);
  });
});
