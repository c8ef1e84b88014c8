/* A packet that cannot be mapped is dropped. */
// @lab workload=smoke fault=dma-map:every:12
// @expect none
import { card_driver } from "../lib/card.ts";

card_driver();
