/** Per-CPU queues of the stack (include/linux/netdevice.h: struct softnet_data). */
import { cpu_id, nr_cpus } from "machine";
import { atomic_set } from "../../lib/atomic.ts";
import { set_bit } from "../../lib/bitops.ts";
import { net_device } from "./net_device.ts";
import { __LINK_STATE_START } from "./netdev_constants.ts";
import { sk_buff_head, skb_queue_head_init } from "./skb_queue.ts";
import type { sk_buff } from "./skbuff.ts";

/** What one CPU has to do for the network; touched by that CPU with interrupts off. */
export class softnet_data {
  readonly cpu: number;
  /** Devices whose queues net_tx_action must run. */
  output_queue: net_device | null = null;
  /** Packets that net_tx_action must free. */
  completion_queue: sk_buff | null = null;
  /** Packets that netif_rx has taken. */
  input_pkt_queue = new sk_buff_head();
  /** Devices to be polled, in turn. */
  poll_list: net_device[] = [];
  /** Stands for the input queue on the poll list. */
  backlog_dev = new net_device();
  /** The device in whose poll this CPU is, for the rules. */
  polling: net_device | null = null;
  /** That poll has called netif_rx_complete, and how much quota was left then. */
  completed = false;
  quota_at_complete = 0;
  /** Packets given to the stack on this CPU outside hard interrupts, for the rules. */
  delivered = 0;
  total = 0;
  dropped = 0;
  time_squeeze = 0;
  cpu_collision = 0;

  constructor(cpu: number) {
    this.cpu = cpu;
  }
}

let softnet: softnet_data[] = [];

/** Sets up each CPU's queues (net/core/dev.c: net_dev_init); `poll` is process_backlog. */
export function softnet_init(poll: (dev: net_device, budget: { v: number }) => number): void {
  softnet = [];
  for (let cpu = 0; cpu < nr_cpus(); cpu++) {
    const queue = new softnet_data(cpu);
    skb_queue_head_init(queue.input_pkt_queue);
    queue.backlog_dev.name = `backlog/${cpu}`;
    set_bit(__LINK_STATE_START, queue.backlog_dev.state);
    queue.backlog_dev.weight = weight_p;
    queue.backlog_dev.poll = poll;
    atomic_set(queue.backlog_dev.refcnt, 1);
    softnet.push(queue);
  }
}
const weight_p = 64;

/** This CPU's queues; preemption must be off. */
export function this_softnet(): softnet_data {
  return softnet[cpu_id()]!;
}

/** The queues of a CPU. */
export function softnet_of(cpu: number): softnet_data {
  return softnet[cpu]!;
}
