/** A piece of hardware as the driver model knows it (include/linux/device.h). */
import { object_id } from "machine";
import { check_arg } from "../../kernel/misuse.ts";

export class device {
  readonly id = object_id("device");
  /** `0000:00:03.0` */
  bus_id = "";
  driver_data: unknown = null;
  dma_mask = 0xffffffff;
  coherent_dma_mask = 0xffffffff;
  /** @internal Number of the card behind it, or -1. */
  card = -1;
}

/** What the driver has noted at a device. Any context. Linux include/linux/device.h: dev_get_drvdata. */
export function dev_get_drvdata<T>(dev: device): T {
  check_arg("dev_get_drvdata", "dev", dev, device);
  return dev.driver_data as T;
}

/** Notes the driver's own data at a device. Any context. Linux include/linux/device.h: dev_set_drvdata. */
export function dev_set_drvdata(dev: device, data: unknown): void {
  check_arg("dev_set_drvdata", "dev", dev, device);
  dev.driver_data = data;
}
