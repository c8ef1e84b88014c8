/* Status, rmb(), then the length. */
// @lab workload=flood-rx weak
// @expect none
import { card_driver } from "../lib/card.ts";

card_driver();
