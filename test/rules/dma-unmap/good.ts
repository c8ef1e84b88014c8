/* Everything that was mapped is unmapped. */
// @lab workload=everything
// @expect none
import { card_driver } from "../lib/card.ts";

card_driver();
