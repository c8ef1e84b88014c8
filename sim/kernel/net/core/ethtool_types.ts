/** Commands and structures of ethtool (include/linux/ethtool.h). */
import type { net_device } from "./net_device.ts";

/** Settings of a port: ETHTOOL_GSET, ETHTOOL_SSET. */
export class ethtool_cmd {
  cmd = 0;
  supported = 0;
  advertising = 0;
  speed = 0;
  duplex = 0;
  port = 0;
  phy_address = 0;
  transceiver = 0;
  autoneg = 0;
  maxtxpkt = 0;
  maxrxpkt = 0;
}
/** A text in a struct, C's `char name[32]`: strcpy writes to it, and assigning a string is fine, too. */
export type ethtool_text = Uint8Array | { v: string };

/** Names and versions: ETHTOOL_GDRVINFO. The caller gets the texts as strings. */
export class ethtool_drvinfo {
  cmd = 0;
  /** @internal */
  texts: Record<string, ethtool_text> = {
    driver: new Uint8Array(32),
    version: new Uint8Array(32),
    fw_version: new Uint8Array(32),
    bus_info: new Uint8Array(32),
  };
  n_stats = 0;
  testinfo_len = 0;
  eedump_len = 0;
  regdump_len = 0;

  get driver(): ethtool_text {
    return this.texts.driver!;
  }
  set driver(text: ethtool_text | string) {
    this.texts.driver = text_of(text);
  }
  get version(): ethtool_text {
    return this.texts.version!;
  }
  set version(text: ethtool_text | string) {
    this.texts.version = text_of(text);
  }
  get fw_version(): ethtool_text {
    return this.texts.fw_version!;
  }
  set fw_version(text: ethtool_text | string) {
    this.texts.fw_version = text_of(text);
  }
  get bus_info(): ethtool_text {
    return this.texts.bus_info!;
  }
  set bus_info(text: ethtool_text | string) {
    this.texts.bus_info = text_of(text);
  }
}

function text_of(text: ethtool_text | string): ethtool_text {
  return typeof text === "string" ? { v: text } : text;
}

/** Wake-on-LAN: ETHTOOL_GWOL, ETHTOOL_SWOL. */
export class ethtool_wolinfo {
  cmd = 0;
  supported = 0;
  wolopts = 0;
  sopass = new Uint8Array(6);
}
/** One number: many commands. */
export class ethtool_value {
  cmd = 0;
  data = 0;
}
/** Ring sizes: ETHTOOL_GRINGPARAM, ETHTOOL_SRINGPARAM. */
export class ethtool_ringparam {
  cmd = 0;
  rx_max_pending = 0;
  rx_mini_max_pending = 0;
  rx_jumbo_max_pending = 0;
  tx_max_pending = 0;
  rx_pending = 0;
  rx_mini_pending = 0;
  rx_jumbo_pending = 0;
  tx_pending = 0;
}
/** Interrupt coalescing: ETHTOOL_GCOALESCE, ETHTOOL_SCOALESCE. */
export class ethtool_coalesce {
  cmd = 0;
  rx_coalesce_usecs = 0;
  rx_max_coalesced_frames = 0;
  rx_coalesce_usecs_irq = 0;
  rx_max_coalesced_frames_irq = 0;
  tx_coalesce_usecs = 0;
  tx_max_coalesced_frames = 0;
  tx_coalesce_usecs_irq = 0;
  tx_max_coalesced_frames_irq = 0;
  stats_block_coalesce_usecs = 0;
}
/** Flow control: ETHTOOL_GPAUSEPARAM, ETHTOOL_SPAUSEPARAM. */
export class ethtool_pauseparam {
  cmd = 0;
  autoneg = 0;
  rx_pause = 0;
  tx_pause = 0;
}
/** Register dump: ETHTOOL_GREGS. */
export class ethtool_regs {
  cmd = 0;
  version = 0;
  len = 0;
  data = new Uint8Array(0);
}
/** EEPROM: ETHTOOL_GEEPROM, ETHTOOL_SEEPROM. */
export class ethtool_eeprom {
  cmd = 0;
  magic = 0;
  offset = 0;
  len = 0;
  data = new Uint8Array(0);
}
/** Driver's own statistics: ETHTOOL_GSTATS. */
export class ethtool_stats {
  cmd = 0;
  n_stats = 0;
  data: number[] = [];
}
/** Self test: ETHTOOL_TEST. */
export class ethtool_test {
  cmd = 0;
  flags = 0;
  len = 0;
  data: number[] = [];
}
/** Names of statistics or tests: ETHTOOL_GSTRINGS. */
export class ethtool_gstrings {
  cmd = 0;
  string_set = 0;
  len = 0;
  data: string[] = [];
}
/** Permanent address: ETHTOOL_GPERMADDR. */
export class ethtool_perm_addr {
  cmd = 0;
  size = 0;
  data = new Uint8Array(0);
}

/** What a driver offers to ethtool; all optional, all called under rtnl between `begin` and `complete`. */
export interface ethtool_ops {
  get_settings?: ((dev: net_device, cmd: ethtool_cmd) => number) | null;
  set_settings?: ((dev: net_device, cmd: ethtool_cmd) => number) | null;
  get_drvinfo?: ((dev: net_device, info: ethtool_drvinfo) => void) | null;
  get_regs_len?: ((dev: net_device) => number) | null;
  get_regs?: ((dev: net_device, regs: ethtool_regs, data: Uint8Array) => void) | null;
  get_wol?: ((dev: net_device, wol: ethtool_wolinfo) => void) | null;
  set_wol?: ((dev: net_device, wol: ethtool_wolinfo) => number) | null;
  get_msglevel?: ((dev: net_device) => number) | null;
  set_msglevel?: ((dev: net_device, level: number) => void) | null;
  nway_reset?: ((dev: net_device) => number) | null;
  get_link?: ((dev: net_device) => number) | null;
  get_eeprom_len?: ((dev: net_device) => number) | null;
  get_eeprom?: ((dev: net_device, eeprom: ethtool_eeprom, data: Uint8Array) => number) | null;
  set_eeprom?: ((dev: net_device, eeprom: ethtool_eeprom, data: Uint8Array) => number) | null;
  get_coalesce?: ((dev: net_device, coal: ethtool_coalesce) => number) | null;
  set_coalesce?: ((dev: net_device, coal: ethtool_coalesce) => number) | null;
  get_ringparam?: ((dev: net_device, ring: ethtool_ringparam) => void) | null;
  set_ringparam?: ((dev: net_device, ring: ethtool_ringparam) => number) | null;
  get_pauseparam?: ((dev: net_device, pause: ethtool_pauseparam) => void) | null;
  set_pauseparam?: ((dev: net_device, pause: ethtool_pauseparam) => number) | null;
  get_rx_csum?: ((dev: net_device) => number) | null;
  set_rx_csum?: ((dev: net_device, on: number) => number) | null;
  get_tx_csum?: ((dev: net_device) => number) | null;
  set_tx_csum?: ((dev: net_device, on: number) => number) | null;
  get_sg?: ((dev: net_device) => number) | null;
  set_sg?: ((dev: net_device, on: number) => number) | null;
  get_tso?: ((dev: net_device) => number) | null;
  set_tso?: ((dev: net_device, on: number) => number) | null;
  self_test_count?: ((dev: net_device) => number) | null;
  self_test?: ((dev: net_device, test: ethtool_test, data: number[]) => void) | null;
  get_strings?: ((dev: net_device, stringset: number, data: string[]) => void) | null;
  phys_id?: ((dev: net_device, seconds: number) => number) | null;
  get_stats_count?: ((dev: net_device) => number) | null;
  get_ethtool_stats?: ((dev: net_device, stats: ethtool_stats, data: number[]) => void) | null;
  get_perm_addr?: ((dev: net_device, addr: ethtool_perm_addr, data: Uint8Array) => number) | null;
  begin?: ((dev: net_device) => number) | null;
  complete?: ((dev: net_device) => void) | null;
}
