/* Nothing keeps the index from being seen after the queue was tested: wrong. */
// @lab nic=none workload=../lib/one-sender.ts weak
// @expect mem-order-tx
import { lockless_driver } from "../lib/lockless-ring.ts";

lockless_driver(() => {});
