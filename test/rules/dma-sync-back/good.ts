/* The buffer of a short frame is synced for the CPU, copied, and synced for the device. */
// @lab workload=flood-rx
// @expect none
import { card_driver } from "../lib/card.ts";
import { for_cpu, for_device, receive_copying } from "../lib/copybreak.ts";

card_driver({ receive: receive_copying({ for_cpu, for_device }) });
