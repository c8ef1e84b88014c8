/* Filled, wmb(), OWN, wmb(), doorbell. */
// @lab workload=everything weak
// @expect none
import { card_driver } from "../lib/card.ts";

card_driver();
