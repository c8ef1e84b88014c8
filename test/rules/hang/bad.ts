/* A completion that nobody completes: wrong. */
// @lab nic=none
// @expect hang
import { completion, init_completion, wait_for_completion } from "linux/completion";
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  const done = new completion();
  init_completion(done);
  wait_for_completion(done);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
