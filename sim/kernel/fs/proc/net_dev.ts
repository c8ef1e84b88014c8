/** /proc/net/dev (net/core/dev.c: dev_seq_show): reads the counters under read_lock(dev_base_lock), bottom halves on. */
import { driver_call } from "machine";
import { read_lock, read_unlock } from "../../kernel/rwlock.ts";
import { __dev_get_by_name, dev_base_lock, first_netdev } from "../../net/core/dev_list.ts";
import { type net_device, net_device_stats } from "../../net/core/net_device.ts";

/** Asks the driver and copies field by field, without a lock against the driver; zeros if it has no get_stats. */
function copy_stats(dev: net_device): net_device_stats {
  const copy = new net_device_stats();
  if (dev.get_stats === null) return copy;
  const stats = driver_call("get_stats", dev, dev.get_stats, dev);
  for (const key of Object.keys(copy) as (keyof net_device_stats)[]) copy[key] = stats[key];
  return copy;
}

/** A device's counters as a process that reads the file sees them; null if there is no such device. */
export function read_device_stats(name: string): net_device_stats | null {
  read_lock(dev_base_lock);
  const dev = __dev_get_by_name(name);
  const stats = dev === null ? null : copy_stats(dev);
  read_unlock(dev_base_lock);
  return stats;
}

const HEADER = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

function line(dev: net_device): string {
  const s = copy_stats(dev);
  const receive = [
    s.rx_bytes,
    s.rx_packets,
    s.rx_errors,
    s.rx_dropped + s.rx_missed_errors,
    s.rx_fifo_errors,
    s.rx_length_errors + s.rx_over_errors + s.rx_crc_errors + s.rx_frame_errors,
    s.rx_compressed,
    s.multicast,
  ];
  const transmit = [
    s.tx_bytes,
    s.tx_packets,
    s.tx_errors,
    s.tx_dropped,
    s.tx_fifo_errors,
    s.collisions,
    s.tx_carrier_errors + s.tx_aborted_errors + s.tx_window_errors + s.tx_heartbeat_errors,
    s.tx_compressed,
  ];
  return `${dev.name.padStart(6)}:${[...receive, ...transmit].join(" ")}\n`;
}

/** The whole file. */
export function dev_seq_text(): string {
  let text = HEADER;
  read_lock(dev_base_lock);
  for (let dev = first_netdev(); dev !== null; dev = dev.next) text += line(dev);
  read_unlock(dev_base_lock);
  return text;
}
