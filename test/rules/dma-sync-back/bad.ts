/* The buffer of a short frame is synced for the CPU and never given back: wrong. */
// @lab workload=flood-rx
// @expect dma-sync-back
import { card_driver } from "../lib/card.ts";
import { for_cpu, receive_copying } from "../lib/copybreak.ts";

card_driver({ receive: receive_copying({ for_cpu, for_device: () => {} }) });
