import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

const ended = { kind: "ended", reason: "finished" };
const HEAD = `import { register_netdev, unregister_netdev, free_netdev, netdev_priv, type net_device, net_device_stats, netif_start_queue, SET_ETHTOOL_OPS, netif_carrier_off, netif_carrier_ok, NETIF_F_IP_CSUM, NETIF_F_SG } from "linux/netdevice";
import { alloc_etherdev } from "linux/etherdevice"; import { msleep } from "linux/delay"; import { kthread_run } from "linux/kthread"; import { jiffies } from "linux/jiffies";
import { SIOCADDMULTI, SIOCDELMULTI, SIOCDEVPRIVATE, SIOCETHTOOL, SIOCGIFFLAGS, SIOCGIFHWADDR, SIOCGIFINDEX, SIOCGIFMAP, SIOCGIFMETRIC, SIOCGIFMTU, SIOCGIFNAME, SIOCGIFTXQLEN, SIOCGMIIPHY, SIOCGMIIREG, SIOCSIFFLAGS, SIOCSIFHWADDR, SIOCSIFHWBROADCAST, SIOCSIFMAP, SIOCSIFMTU, SIOCSIFNAME, SIOCSIFTXQLEN, SIOCSMIIREG } from "linux/sockios"; const sio = { SIOCADDMULTI, SIOCDELMULTI, SIOCDEVPRIVATE, SIOCETHTOOL, SIOCGIFFLAGS, SIOCGIFHWADDR, SIOCGIFINDEX, SIOCGIFMAP, SIOCGIFMETRIC, SIOCGIFMTU, SIOCGIFNAME, SIOCGIFTXQLEN, SIOCGMIIPHY, SIOCGMIIREG, SIOCSIFFLAGS, SIOCSIFHWADDR, SIOCSIFHWBROADCAST, SIOCSIFMAP, SIOCSIFMTU, SIOCSIFNAME, SIOCSIFTXQLEN, SIOCSMIIREG }; import { ifreq, ifmap, sockaddr, IFF_UP } from "linux/if"; import { sock_ioctl, sysfs_open, sysfs_list, type sysfs_file, proc_net_dev_read, proc_net_dev_text, multicast_join, multicast_leave, netdev_uevents, netdev_uevent_wait } from "kernel:net/socket.ts";
class my_priv { stats = new net_device_stats(); }
let dev: net_device;
function make(change: (dev: net_device) => void = () => {}) { dev = alloc_etherdev(my_priv)!; dev.open = (d) => { netif_start_queue(d); return 0; }; dev.hard_start_xmit = () => 0; dev.get_stats = (d) => netdev_priv<my_priv>(d).stats; dev.dev_addr.set([2, 0, 0, 0, 0, 9]); change(dev); register_netdev(dev); }
function io(cmd: number, set: (i: ifreq) => void = () => {}) { const i = new ifreq(); i.ifr_name = "eth0"; set(i); return [sock_ioctl(cmd, i), i] as const; }
function open(path: string) { return sysfs_open("/sys/class/net/" + path) as sysfs_file; }
`;
const run = (body: string, more = "") => runKernel(`${HEAD}${more}\nfunction main() { ${body} }`);

describe("ioctl", () => {
  test("getters never enter the driver; setters run under rtnl", () => {
    const r =
      run(`make(); const sa = (i: ifreq) => { i.ifr_hwaddr.sa_family = 1; i.ifr_hwaddr.sa_data.set([2, 1, 1, 1, 1, 1]); };
      log([io(sio.SIOCGIFFLAGS)[1].ifr_flags, io(sio.SIOCGIFMTU)[1].ifr_mtu, io(sio.SIOCGIFHWADDR)[1].ifr_hwaddr.sa_data[5], io(sio.SIOCGIFINDEX)[1].ifr_ifindex, io(sio.SIOCGIFTXQLEN)[1].ifr_qlen, io(sio.SIOCGIFMETRIC)[0], io(sio.SIOCGIFNAME, (i) => { i.ifr_ifindex = 1; })[1].ifr_name, io(sio.SIOCGIFMAP)[1].ifr_map instanceof ifmap, new sockaddr().sa_family]);
      log([io(sio.SIOCSIFFLAGS, (i) => { i.ifr_flags = IFF_UP; })[0], dev.flags & 1, io(sio.SIOCSIFMTU, (i) => { i.ifr_mtu = 60; })[0], io(sio.SIOCSIFHWADDR, sa)[0], io(sio.SIOCSIFFLAGS)[0], io(sio.SIOCSIFHWADDR, sa)[0], dev.dev_addr[5], io(sio.SIOCSIFHWBROADCAST, sa)[0], dev.broadcast[1], io(sio.SIOCSIFTXQLEN, (i) => { i.ifr_qlen = 5; })[0], dev.tx_queue_len]);
      log([io(sio.SIOCSIFMAP)[0], io(sio.SIOCADDMULTI)[0], io(sio.SIOCDEVPRIVATE)[0], io(0x1234)[0], io(sio.SIOCETHTOOL)[0], io(sio.SIOCGMIIPHY)[0], io(sio.SIOCGMIIREG)[0], io(sio.SIOCSMIIREG)[0]]); log([io(sio.SIOCSIFNAME, (i) => { i.ifr_newname = "lan"; })[0], dev.name, io(sio.SIOCSIFMTU)[0]]);`);
    expect(r.log).toEqual([
      [0x1002, 1500, 9, 1, 1000, 0, "eth0", true, 0],
      [0, 1, -22, -16, 0, 0, 1, 0, 1, 0, 5],
      [-95, -22, -95, -22, -95, -95, -95, -95],
      [0, "lan", -19],
    ]);
  });

  test("do_ioctl, set_config and multicast reach the driver with their arguments", () => {
    const r = run(
      `make((d) => { d.do_ioctl = (_d, ifr, cmd) => { log([cmd, ifr.ifr_data, rtnl_trylock()]); return 3; }; d.set_config = (_d, map) => { log(map.irq); return 0; }; d.set_multicast_list = () => {}; });
      log([io(sio.SIOCDEVPRIVATE + 2, (i) => { i.ifr_data = 77; })[0], io(sio.SIOCSIFMAP, (i) => { i.ifr_map.irq = 9; })[0], io(sio.SIOCADDMULTI, (i) => { i.ifr_hwaddr.sa_data[0] = 1; })[0], dev.mc_count, io(sio.SIOCDELMULTI, (i) => { i.ifr_hwaddr.sa_data[0] = 1; })[0], dev.mc_count]);
      log([multicast_join("eth0", "01:00:5e:00:00:07"), dev.mc_count, multicast_leave("eth0", "01:00:5e:00:00:07", "softirq"), multicast_join("eth0", "x")]);`,
      `import { rtnl_trylock } from "linux/rtnetlink";`,
    );
    expect(r.log).toEqual([[0x89f2, 77, 0], 9, [3, 0, 0, 1, 0, 0], [0, 1, 0, -22]]);
  });

  test("ethtool: begin, the operation, complete; structs go both ways", () => {
    const r = run(
      `const calls: string[] = []; make((d) => SET_ETHTOOL_OPS(d, { begin: () => { calls.push("begin"); return 0; }, complete: () => { calls.push("complete"); }, get_drvinfo: (_d, i) => { i.driver = "mine"; }, get_link: et.ethtool_op_get_link, get_msglevel: () => 5, set_msglevel: (_d, v) => { calls.push("level" + v); },
        get_ringparam: (_d, p) => { p.tx_pending = 64; }, set_ringparam: (_d, p) => { calls.push("ring" + p.tx_pending); return 0; }, get_settings: (_d, c) => { c.speed = et.SPEED_100; return 0; }, nway_reset: () => -5, get_stats_count: () => 2, get_strings: (_d, set, data) => { data[0] = "a" + set; data[1] = "b"; }, get_ethtool_stats: (_d, _s, data) => { data[1] = 9; },
        get_regs_len: () => 4, get_regs: (_d, _r, data) => { data[0] = 3; }, get_tx_csum: et.ethtool_op_get_tx_csum, set_tx_csum: et.ethtool_op_set_tx_csum, get_sg: et.ethtool_op_get_sg, set_sg: et.ethtool_op_set_sg, get_tso: et.ethtool_op_get_tso, set_tso: et.ethtool_op_set_tso, get_perm_addr: et.ethtool_op_get_perm_addr, self_test_count: () => 1, self_test: (_d, _t, data) => { data[0] = 4; }, get_eeprom_len: () => 8, get_eeprom: (_d, e, data) => { data[0] = e.offset; return 0; } }));
      const tool = (cmd: number, arg: object = {}) => { const a = { ...arg, cmd } as Record<string, unknown>; const rc = io(sio.SIOCETHTOOL, (i) => { i.ifr_data = a; })[0]; return [rc, a] as const; };
      log([tool(et.ETHTOOL_GDRVINFO)[1].driver, calls.splice(0).join(" "), tool(et.ETHTOOL_GLINK)[1].data, tool(et.ETHTOOL_GMSGLVL)[1].data, tool(et.ETHTOOL_SMSGLVL, { data: 7 })[0], tool(et.ETHTOOL_GRINGPARAM)[1].tx_pending, tool(et.ETHTOOL_SRINGPARAM, { tx_pending: 32 })[0], tool(et.ETHTOOL_GSET)[1].speed, tool(et.ETHTOOL_NWAY_RST)[0], tool(et.ETHTOOL_GWOL)[0], tool(999)[0]]);
      log([tool(et.ETHTOOL_GSTRINGS, { string_set: et.ETH_SS_STATS })[1].data, tool(et.ETHTOOL_GSTATS)[1].data, Array.from(tool(et.ETHTOOL_GREGS)[1].data as Uint8Array), tool(et.ETHTOOL_TEST)[1].data, tool(et.ETHTOOL_GPERMADDR)[1].size, tool(et.ETHTOOL_GEEPROM, { offset: 2, len: 3 })[0], tool(et.ETHTOOL_GEEPROM, { offset: 7, len: 3 })[0]]);
      log([tool(et.ETHTOOL_SSG, { data: 1 })[0], tool(et.ETHTOOL_STXCSUM, { data: 1 })[0], dev.features === NETIF_F_IP_CSUM, tool(et.ETHTOOL_SSG, { data: 1 })[0], tool(et.ETHTOOL_GSG)[1].data, tool(et.ETHTOOL_STSO, { data: 1 })[0], tool(et.ETHTOOL_GTSO)[1].data, tool(et.ETHTOOL_GTXCSUM)[1].data]); log(calls.filter((c) => c !== "begin" && c !== "complete").join(" ")); et.ethtool_op_set_tx_hw_csum(dev, 1);`,
      `import { ETHTOOL_GDRVINFO, ETHTOOL_GEEPROM, ETHTOOL_GLINK, ETHTOOL_GMSGLVL, ETHTOOL_GPERMADDR, ETHTOOL_GREGS, ETHTOOL_GRINGPARAM, ETHTOOL_GSET, ETHTOOL_GSG, ETHTOOL_GSTATS, ETHTOOL_GSTRINGS, ETHTOOL_GTSO, ETHTOOL_GTXCSUM, ETHTOOL_GWOL, ETHTOOL_NWAY_RST, ETHTOOL_SMSGLVL, ETHTOOL_SRINGPARAM, ETHTOOL_SSG, ETHTOOL_STSO, ETHTOOL_STXCSUM, ETHTOOL_TEST, ETH_SS_STATS, SPEED_100, ethtool_op_get_link, ethtool_op_get_perm_addr, ethtool_op_get_sg, ethtool_op_get_tso, ethtool_op_get_tx_csum, ethtool_op_set_sg, ethtool_op_set_tso, ethtool_op_set_tx_csum, ethtool_op_set_tx_hw_csum } from "linux/ethtool"; const et = { ETHTOOL_GDRVINFO, ETHTOOL_GEEPROM, ETHTOOL_GLINK, ETHTOOL_GMSGLVL, ETHTOOL_GPERMADDR, ETHTOOL_GREGS, ETHTOOL_GRINGPARAM, ETHTOOL_GSET, ETHTOOL_GSG, ETHTOOL_GSTATS, ETHTOOL_GSTRINGS, ETHTOOL_GTSO, ETHTOOL_GTXCSUM, ETHTOOL_GWOL, ETHTOOL_NWAY_RST, ETHTOOL_SMSGLVL, ETHTOOL_SRINGPARAM, ETHTOOL_SSG, ETHTOOL_STSO, ETHTOOL_STXCSUM, ETHTOOL_TEST, ETH_SS_STATS, SPEED_100, ethtool_op_get_link, ethtool_op_get_perm_addr, ethtool_op_get_sg, ethtool_op_get_tso, ethtool_op_get_tx_csum, ethtool_op_set_sg, ethtool_op_set_tso, ethtool_op_set_tx_csum, ethtool_op_set_tx_hw_csum };`,
    );
    expect(r.log).toEqual([
      ["mine", "begin complete", 1, 5, 0, 64, 0, 100, -5, -95, -95],
      [["a1", "b"], [0, 9], [3, 0, 0, 0], [4], 6, 0, -22],
      [-22, 0, true, 0, 1, 0, 1, 1],
      "level7 ring32",
    ]);
  });
});

describe("files", () => {
  test("/sys/class/net shows and sets; /proc/net/dev reads under dev_base_lock", () => {
    const r =
      run(`make((d) => { d.get_stats = (d2) => { const s = netdev_priv<my_priv>(d2).stats; s.rx_packets = 5; return s; }; }); const read = (f: string) => open("eth0/" + f).read();
      log([read("mtu"), read("address"), read("ifindex"), read("type"), read("addr_len"), read("iflink"), read("features"), read("flags"), read("broadcast"), read("carrier"), read("tx_queue_len"), read("weight"), read("statistics/rx_packets")]);
      log([open("eth0/mtu").write("900\\n"), dev.mtu, open("eth0/mtu").write("20000"), open("eth0/flags").write("0x1003"), dev.flags & 1, read("carrier"), open("eth0/type").write("1"), open("eth0/tx_queue_len").write("7"), open("eth0/weight").write("x"), sysfs_open("/sys/class/net/eth0/nope"), sysfs_open("/etc/passwd"), sysfs_open("/sys/class/net/eth0")]);
      log([sysfs_list("/sys/class/net"), sysfs_list("/sys/class/net/eth0").includes("statistics"), sysfs_list("/sys/class/net/eth0/statistics").length, proc_net_dev_read("eth0")!.rx_packets, proc_net_dev_read("x"), proc_net_dev_text().includes("eth0:0 5 0")]);`);
    expect(r.log).toEqual([
      [
        "1500\n",
        "02:00:00:00:00:09\n",
        "1\n",
        "1\n",
        "6\n",
        "1\n",
        "0x0\n",
        "0x1002\n",
        "ff:ff:ff:ff:ff:ff\n",
        -22,
        "1000\n",
        "0\n",
        "5\n",
      ],
      [4, 900, -22, 6, 1, "1\n", -13, 1, -22, -2, -2, -21],
      [["eth0"], true, 23, 5, null, true],
    ]);
  });

  test("a file that outlives the device reads an error, and keeps the memory until it is closed", () => {
    const r = run(
      `make(); const f = open("eth0/mtu"); unregister_netdev(dev); free_netdev(dev); log(f.read()); dev.mtu; f.close(); log(f.read()); dev.mtu;`,
    );
    expect(r.log).toEqual([-22, -9]);
    expect(r.of("freed-access")).toHaveLength(1);
    expect(r.of("netdev-released")).toHaveLength(1);
  });

  test("a driver's own attribute: show, store, and removal that waits for a running show", () => {
    const r = run(
      `make(); log([class_device_create_file(dev.class_dev, attr), class_device_create_file(dev.class_dev, attr)]); const f = open("eth0/knob"); log([f.read(), f.write("42"), f.read(), class_get_devdata(dev.class_dev) === dev]); slow = 1;
      kthread_run(() => { log(f.read()); return 0; }, null, "reader"); msleep(20); const t = jiffies; class_device_remove_file(dev.class_dev, attr); log([jiffies - t > 5, f.read()]); class_device_put(class_device_get(dev.class_dev)); class_set_devdata(dev.class_dev, dev); log([to_net_dev(dev.class_dev) === dev, new class_device().class_data]);`,
      `import { CLASS_DEVICE_ATTR, class_device_create_file, class_device_remove_file, class_device_get, class_device_put, class_get_devdata, class_set_devdata, class_device, class_device_attribute } from "linux/device"; import { to_net_dev } from "linux/netdevice"; import { sprintf, simple_strtoul } from "linux/kernel"; import { type sysfs_buffer } from "linux/sysfs";
      let knob = 7, slow = 0; const attr: class_device_attribute = CLASS_DEVICE_ATTR("knob", 0o644, (_cd: class_device, buf: sysfs_buffer) => { if (slow) { msleep(100); return "slow"; } return sprintf(buf, "%d\\n", knob); }, (_cd, buf, count) => { knob = simple_strtoul(buf, null, 10); return count; });`,
    );
    expect(r.log).toEqual([[0, -17], ["7\n", 2, "42\n", true], "slow", [true, -19], [true, null]]);
    expect(
      r
        .of("callback-entered")
        .map((e) => e.slot)
        .filter((s) => s === "show" || s === "store"),
    ).toEqual(["show", "store", "show", "show"]);
    expect(r.end).toEqual(ended);
  });

  test("udev hears of devices", () => {
    const r = run(
      `kthread_run(() => { log(netdev_uevent_wait(0).name); log(netdev_uevent_wait(1).action); return 0; }, null, "udev"); log(netdev_uevents()); make(); unregister_netdev(dev); msleep(5);`,
    );
    expect(r.log).toEqual([0, "eth0", "remove"]);
  });
});

test("ethtool hands the driver the command's struct", () => {
  const r = run(
    `const got: boolean[] = []; make((d) => SET_ETHTOOL_OPS(d, { get_drvinfo: (_d, a) => { got.push(a instanceof ethtool_drvinfo); }, get_wol: (_d, a) => { got.push(a instanceof ethtool_wolinfo); }, get_coalesce: (_d, a) => { got.push(a instanceof ethtool_coalesce); return 0; }, get_ringparam: (_d, a) => { got.push(a instanceof ethtool_ringparam); },
      get_pauseparam: (_d, a) => { got.push(a instanceof ethtool_pauseparam); }, get_regs_len: () => 2, get_regs: (_d, a) => { got.push(a instanceof ethtool_regs); }, get_eeprom_len: () => 9, get_eeprom: (_d, a) => { got.push(a instanceof ethtool_eeprom); return 0; }, get_stats_count: () => 1, get_ethtool_stats: (_d, a) => { got.push(a instanceof ethtool_stats); },
      self_test_count: () => 1, self_test: (_d, a) => { got.push(a instanceof ethtool_test); }, get_strings: (_d, set, data) => { got.push(set === 0 && data.length === 1); }, get_perm_addr: (_d, a) => { got.push(a instanceof ethtool_perm_addr); return 0; }, get_msglevel: () => 6 }));
    const commands: [number, { cmd: number }][] = [[ETHTOOL_GDRVINFO, new ethtool_drvinfo()], [ETHTOOL_GWOL, new ethtool_wolinfo()], [ETHTOOL_GCOALESCE, new ethtool_coalesce()], [ETHTOOL_GRINGPARAM, new ethtool_ringparam()], [ETHTOOL_GPAUSEPARAM, new ethtool_pauseparam()], [ETHTOOL_GREGS, new ethtool_regs()], [ETHTOOL_GEEPROM, new ethtool_eeprom()],
      [ETHTOOL_GSTATS, new ethtool_stats()], [ETHTOOL_TEST, new ethtool_test()], [ETHTOOL_GSTRINGS, new ethtool_gstrings()], [ETHTOOL_GPERMADDR, new ethtool_perm_addr()]];
    for (const [cmd, arg] of commands) { arg.cmd = cmd; io(sio.SIOCETHTOOL, (i) => { i.ifr_data = arg; }); } log(got); const level = new ethtool_value(); level.cmd = ETHTOOL_GMSGLVL; io(sio.SIOCETHTOOL, (i) => { i.ifr_data = level; }); log(level.data);`,
    `import { ethtool_coalesce, ethtool_drvinfo, ethtool_eeprom, ethtool_gstrings, ethtool_pauseparam, ethtool_perm_addr, ethtool_regs, ethtool_ringparam, ethtool_stats, ethtool_test, ethtool_value, ethtool_wolinfo,
      ETHTOOL_GDRVINFO, ETHTOOL_GWOL, ETHTOOL_GCOALESCE, ETHTOOL_GRINGPARAM, ETHTOOL_GPAUSEPARAM, ETHTOOL_GREGS, ETHTOOL_GEEPROM, ETHTOOL_GSTATS, ETHTOOL_TEST, ETHTOOL_GSTRINGS, ETHTOOL_GPERMADDR, ETHTOOL_GMSGLVL } from "linux/ethtool";`,
  );
  expect(r.log).toEqual([Array.from({ length: 11 }, () => true), 6]);
});

test("get_stats from /proc/net/dev runs under read_lock(dev_base_lock), bottom halves on", () => {
  const r = run(
    `make((d) => { d.get_stats = (d2) => { const free = write_trylock(dev_base_lock); if (free) write_unlock(dev_base_lock); log([free, in_softirq(), in_atomic()]); return netdev_priv<my_priv>(d2).stats; }; }); log("now"); proc_net_dev_read("eth0");`,
    `import { dev_base_lock } from "linux/netdevice"; import { write_trylock, write_unlock } from "linux/rwlock"; import { in_softirq, in_atomic } from "linux/interrupt";`,
  );
  expect(r.log.slice(r.log.indexOf("now") + 1)).toEqual([[0, 0, true]]);
});

test("PHY helpers read and set what MII registers say", () => {
  const r = run(
    `make((d) => netif_carrier_off(d)); const regs = [0x3100, 0x782d, 0, 0, 0x01e1, 0x45e1]; const m = new mii.mii_if_info(); m.dev = dev; m.phy_id = 1; m.phy_id_mask = 31; m.reg_num_mask = 31; m.mdio_read = (_d, phy, reg) => (phy === 1 ? (regs[reg] ?? 0) : 0xffff); m.mdio_write = (_d, _phy, reg, v) => { regs[reg] = v; };
    log([mii.mii_link_ok(m), mii.mii_nway_restart(m), regs[0] === 0x3300, mii.mii_nway_result(0x45e1) === mii.LPA_100FULL, mii.mii_duplex(0, 0x45e1)]); mii.mii_check_link(m); log(netif_carrier_ok(dev)); regs[1] = 0; mii.mii_check_link(m); log(netif_carrier_ok(dev)); regs[1] = 0x782d; log([mii.mii_check_media(m, 1, 1), m.full_duplex, mii.mii_check_media(m, 1, 0)]);
    const cmd = new ethtool_cmd(); log([mii.mii_ethtool_gset(m, cmd), cmd.speed, cmd.duplex, cmd.autoneg]); cmd.autoneg = 0; cmd.speed = 10; log([mii.mii_ethtool_sset(m, cmd), (regs[0]! & mii.BMCR_ANENABLE), m.force_media, mii.mii_ethtool_sset(m, Object.assign(new ethtool_cmd(), { speed: 7 }))]);
    const i = new ifreq(); i.ifr_data = new mii.mii_ioctl_data(); const d = mii.if_mii(i); d.reg_num = 4; log([mii.generic_mii_ioctl(m, d, sio.SIOCGMIIPHY), d.phy_id, d.val_out]); d.reg_num = 0; d.val_in = 0x100; const ch = { v: 9 }; log([mii.generic_mii_ioctl(m, d, sio.SIOCSMIIREG, ch), regs[0], ch.v, mii.generic_mii_ioctl(m, d, sio.SIOCGMIIREG), d.val_out, mii.generic_mii_ioctl(m, d, 1)]);`,
    `import { BMCR_ANENABLE, LPA_100FULL, generic_mii_ioctl, if_mii, mii_check_link, mii_check_media, mii_duplex, mii_ethtool_gset, mii_ethtool_sset, mii_if_info, mii_ioctl_data, mii_link_ok, mii_nway_restart, mii_nway_result } from "linux/mii"; const mii = { BMCR_ANENABLE, LPA_100FULL, generic_mii_ioctl, if_mii, mii_check_link, mii_check_media, mii_duplex, mii_ethtool_gset, mii_ethtool_sset, mii_if_info, mii_ioctl_data, mii_link_ok, mii_nway_restart, mii_nway_result }; import { ethtool_cmd } from "linux/ethtool";`,
  );
  expect(r.log).toEqual([
    [1, 0, true, true, 1],
    1,
    0,
    [1, 1, 0],
    [0, 100, 1, 1],
    [0, 0, 1, -22],
    [0, 1, 0x1e1],
    [0, 0x100, 0, 0, 0x100, -95],
  ]);
  expect(r.dmesg.join()).toContain("eth0: link up, 100Mbps, full-duplex, lpa 0x45E1");
});
