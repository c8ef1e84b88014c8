/* smp_wmb() orders stores with stores, not with the load of the queue's state: wrong. */
// @lab nic=none workload=../lib/one-sender.ts weak seed=14
// @expect mem-order-tx
import { smp_wmb } from "asm/system";
import { lockless_driver } from "../lib/lockless-ring.ts";

lockless_driver(smp_wmb);
