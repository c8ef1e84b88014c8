/** Devices and classes in sysfs (include/linux/device.h). */

export {
  CLASS_DEVICE_ATTR,
  class_device,
  class_device_attribute,
  class_device_create_file,
  class_device_get,
  class_device_put,
  class_device_remove_file,
  type class_device_show,
  type class_device_store,
  class_get_devdata,
  class_set_devdata,
  type sysfs_buffer,
} from "../../drivers/base/class.ts";
export { dev_get_drvdata, dev_set_drvdata, device } from "../../drivers/base/device.ts";
export * from "./ioport.ts";
export * from "./semaphore.ts";
export * from "./types.ts";
