/* The handler returns, and its acknowledgement is still on the way: the line is seen once more. */
// @lab workload=smoke advice
// @expect mmio-ack-post
import { card_driver } from "../lib/card.ts";

card_driver();
