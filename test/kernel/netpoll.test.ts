/** netpoll and netconsole: what printk prints goes out through a driver, whoever prints it. */
import { expect, test } from "vitest";
import { type LabRun, runModel } from "../support/lab.ts";

const DRIVER = (body: string) => `
  import { printk, KERN_INFO } from "linux/kernel";
  import { module_exit, module_init } from "linux/module";
  import { alloc_etherdev, dev_kfree_skb, dev_kfree_skb_any } from "linux/etherdevice";
  import { free_netdev, netdev_priv, type net_device, netif_receive_skb, netif_rx_complete, netif_rx_schedule, netif_start_queue, netif_stop_queue, netif_wake_queue, net_device_stats, register_netdev, unregister_netdev } from "linux/netdevice";
  import { netpoll, netpoll_cleanup, netpoll_poll, netpoll_send_udp, netpoll_setup } from "linux/netpoll";
  import { spin_lock_bh, spin_lock_init, spin_lock_irq, spin_lock_irqsave, spin_unlock_bh, spin_unlock_irq, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
  import type { sk_buff } from "linux/skbuff";
  class priv { stats = new net_device_stats(); lock = new spinlock_t(); sent = 0; polled = 0; texts: string[] = []; }
  let dev: net_device;
  function text_of(skb: sk_buff) { let s = ""; for (let i = 42; i < skb.len; i++) s += String.fromCharCode(skb.data[i]!); return s.trim(); }
  function xmit(skb: sk_buff, dev: net_device): number { const p = netdev_priv<priv>(dev); p.texts.push(text_of(skb)); p.sent++; dev_kfree_skb_any(skb); return 0; }
  function open(dev: net_device) { netif_start_queue(dev); return 0; }
  function stop(dev: net_device) { netif_stop_queue(dev); return 0; }
  function controller(dev: net_device) { netdev_priv<priv>(dev).polled++; }
  ${body}
  module_init(() => {
    dev = alloc_etherdev(priv)!; dev.name = "np0"; spin_lock_init(netdev_priv<priv>(dev).lock);
    dev.open = open; dev.stop = stop; dev.hard_start_xmit = xmit; dev.poll_controller = controller;
    dev.get_stats = (dev) => netdev_priv<priv>(dev).stats;

    setup(dev);
    return register_netdev(dev);
  });
  module_exit(() => { unregister_netdev(dev); free_netdev(dev); });`;

const WORKLOAD = (body: string) => `
  import { ifconfig, insmod, netconsole, rmmod, send, sleepNs } from "lab/workload";
  import { KERN_DEBUG, KERN_INFO, printk } from "linux/kernel";
  export default function main() { insmod(); ${body} }`;

function play(driver: string, workload: string): LabRun {
  return runModel({
    model: DRIVER(driver),
    workload: WORKLOAD(workload),
    trace: true,
    config: { nic: "none" },
  });
}

const rules = (run: LabRun) => run.violations.map((v) => v.rule);
const said = (run: LabRun) => run.dmesg.filter((line) => line.startsWith("say "));

/** A printer of what the driver was given, as a proc file would show it. */
const TELL = `dev.do_ioctl = (dev) => { const p = netdev_priv<priv>(dev); printk("say " + p.texts.join("|") + " polled " + p.polled + "\\n"); return 0; };`;
const ASK = `import { ioctl } from "lab/workload"; import { SIOCDEVPRIVATE } from "linux/sockios";`;

function asking(body: string): string {
  return `${ASK}\n${WORKLOAD(`${body} ioctl("np0", SIOCDEVPRIVATE); sleepNs(1e6);`)}`;
}

function ask(driver: string, body: string): LabRun {
  const model = DRIVER(driver);
  return runModel({ model, workload: asking(body), trace: true, config: { nic: "none" } });
}

test("a netconsole brings the device up, sends what is printed from its level on, and ends", () => {
  const run = ask(
    `function setup(dev: net_device) { ${TELL} }`,
    `const con = netconsole("np0"); printk(KERN_INFO + "one\\n"); printk(KERN_DEBUG + "quiet\\n"); con.close(); con.close(); printk("two\\n");`,
  );
  expect(rules(run)).toEqual([]);
  expect(said(run)).toEqual(["say one polled 0"]);
});

test("without poll_controller nothing is sent, and dmesg says why", () => {
  const run = play(
    "function setup(dev: net_device) { dev.poll_controller = null; }",
    `netconsole("np0"); printk("x\\n");`,
  );
  expect(rules(run)).toEqual([]);
  expect(run.dmesg.join("\n")).toContain("doesn't support polling");
  expect(run.events.filter((e) => e.type === "netpoll-send")).toEqual([]);
});

test("a full device is polled until it has room", () => {
  const run = ask(
    `import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
     import { jiffies } from "linux/jiffies";
     const done = new timer_list();
     function one_slot(skb: sk_buff, dev: net_device): number { netif_stop_queue(dev); mod_timer(done, jiffies + 2); return xmit(skb, dev); }
     function last(dev: net_device) { netif_stop_queue(dev); del_timer_sync(done); return 0; }
     function poll(dev: net_device, budget: { v: number }) { netif_rx_complete(dev); netif_wake_queue(dev); return 0; }
     function busy_controller(dev: net_device) { if (++netdev_priv<priv>(dev).polled % 3 === 0) netif_rx_schedule(dev); }
     function setup(dev: net_device) { init_timer(done); done.function = (data) => netif_wake_queue(data as net_device); done.data = dev; dev.stop = last; dev.hard_start_xmit = one_slot; dev.poll = poll; dev.weight = 16; dev.poll_controller = busy_controller; ${TELL} }`,
    `const con = netconsole("np0"); printk("one\\n"); printk("two\\n"); printk("three\\n"); con.close();`,
  );
  expect(rules(run)).toEqual([]);
  expect(said(run)).toEqual(["say one|two|three polled 6"]);
});

test("a driver that prints while it sends does not wait for itself", () => {
  const run = ask(
    `function chatty(skb: sk_buff, dev: net_device): number { printk(KERN_INFO + "sending\\n"); return xmit(skb, dev); }
     function setup(dev: net_device) { dev.hard_start_xmit = chatty; ${TELL} }`,
    `const con = netconsole("np0"); send("np0"); con.close();`,
  );
  expect(run.end).toEqual({ kind: "ended", reason: "finished" });
  expect(rules(run)).toEqual([]);
});

test("interrupts turned on in hard_start_xmit are seen when netpoll calls it", () => {
  const locked = (lock: string, unlock: string) =>
    `function locked(skb: sk_buff, dev: net_device): number { const p = netdev_priv<priv>(dev); ${lock}; p.sent++; ${unlock}; dev_kfree_skb_any(skb); return 0; }
     function setup(dev: net_device) { dev.hard_start_xmit = locked; }`;
  const workload = `const con = netconsole("np0"); printk("x\\n"); con.close();`;
  const bad = play(locked("spin_lock_irq(p.lock)", "spin_unlock_irq(p.lock)"), workload);
  expect(rules(bad)).toContain("ctx-xmit-irqs-on");
  const good = play(
    locked("const flags = spin_lock_irqsave(p.lock)", "spin_unlock_irqrestore(p.lock, flags)"),
    workload,
  );
  expect(rules(good)).toEqual([]);
});

test("netpoll's interrupts off are not the driver's: it may free and unlock bottom halves", () => {
  const run = play(
    `function xmit_bh(skb: sk_buff, dev: net_device): number { const p = netdev_priv<priv>(dev); spin_lock_bh(p.lock); p.sent++; spin_unlock_bh(p.lock); dev_kfree_skb(skb); return 0; }
     function setup(dev: net_device) { dev.hard_start_xmit = xmit_bh; }`,
    `const con = netconsole("np0"); printk("x\\n"); con.close();`,
  );
  expect(rules(run)).toEqual([]);
});

test("a driver can use netpoll itself", () => {
  const run = ask(
    `function change_mtu(dev: net_device, mtu: number) {
       const np = new netpoll();
       np.name = "driver"; np.dev_name = mtu === 1000 ? "nobody" : dev.name;
       if (netpoll_setup(np)) return -19;
       netpoll_send_udp(np, "hello", 5);
       netpoll_poll(np);
       netpoll_cleanup(np);
       return 0;
     }
     function setup(dev: net_device) { dev.change_mtu = change_mtu; ${TELL} }`,
    `ifconfig("np0", "up"); printk("say " + ifconfig("np0", { mtu: 1000 }) + " " + ifconfig("np0", { mtu: 900 }) + "\\n");`,
  );
  expect(rules(run)).toEqual([]);
  expect(said(run)).toEqual(["say -19 0", "say hello polled 1"]);
});
