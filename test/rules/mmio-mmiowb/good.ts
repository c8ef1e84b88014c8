/* mmiowb() before the unlock keeps the doorbells of two CPUs in the order of the lock. */
// @lab workload=../lib/senders.ts weak
// @expect none
import { card_driver } from "../lib/card.ts";

card_driver();
