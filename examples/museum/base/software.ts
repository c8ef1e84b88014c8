/*
 * What the museum's drivers without hardware have in common: making, registering and removing their devices. Each
 * exhibit sets its own callbacks, and calls module_init and module_exit itself.
 */
import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { free_netdev, type net_device, register_netdev, unregister_netdev } from "linux/netdevice";
import { flush_scheduled_work } from "linux/workqueue";

/** How a driver's devices come into being and go. */
export interface software_driver {
  /** Class of the private area. */
  priv: new () => object;
  /** Number of devices; one if not given. */
  count?: number;
  /** Fills in callbacks and private data, before the device is registered. */
  setup: (dev: net_device) => void;
  /** In module_exit, while the device is still registered. */
  quiesce?: (dev: net_device) => void;
}

const devices: net_device[] = [];

function add_device(driver: software_driver, i: number): number {
  const dev = alloc_etherdev(driver.priv);
  if (dev === null) return -ENOMEM;
  dev.dev_addr.set([0x02, 0x4d, 0x55, 0x53, 0x00, i]);
  driver.setup(dev);
  const err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  devices.push(dev);
  return 0;
}

export function register_devices(driver: software_driver): number {
  for (let i = 0; i < (driver.count ?? 1); i++) {
    const err = add_device(driver, i);
    if (err) {
      unregister_devices(driver);
      return err;
    }
  }
  return 0;
}

/* The flush comes after unregistering, when nobody can queue a work any more, and before the memory goes. */
export function unregister_devices(driver: software_driver): void {
  for (const dev of devices) {
    driver.quiesce?.(dev);
    unregister_netdev(dev);
  }
  flush_scheduled_work();
  for (const dev of devices) free_netdev(dev);
  devices.length = 0;
}
