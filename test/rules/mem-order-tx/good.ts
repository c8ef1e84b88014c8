/* smp_mb() stands between the store of the index and the test of the queue. */
// @lab nic=none workload=../lib/one-sender.ts weak
// @expect none
import { smp_mb } from "asm/system";
import { lockless_driver } from "../lib/lockless-ring.ts";

lockless_driver(smp_mb);
