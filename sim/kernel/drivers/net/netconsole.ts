/** The log over the network: what printk prints goes out through a device by netpoll (drivers/net/netconsole.c). */
import { type console, register_console, unregister_console } from "../../kernel/printk.ts";
import { netpoll, netpoll_cleanup, netpoll_send_udp, netpoll_setup } from "../../net/core/netpoll.ts";

/** A console that runs. */
export interface netconsole {
  np: netpoll;
  con: console;
}

/**
 * Starts a console on a device.
 * @returns null if netpoll cannot be set up there; dmesg tells why
 * @context process, rtnl not held; sleeps. Linux drivers/net/netconsole.c: init_netconsole
 */
export function start_netconsole(dev_name: string): netconsole | null {
  const np = new netpoll();
  np.name = "netconsole";
  np.dev_name = dev_name;
  if (netpoll_setup(np) !== 0) return null;
  const con: console = {
    name: "netcon",
    write: (text) => netpoll_send_udp(np, `${text}\n`, text.length + 1),
  };
  register_console(con);
  return { np, con };
}

/** Ends it and gives the device back. @context process. Linux drivers/net/netconsole.c: cleanup_netconsole */
export function stop_netconsole(console: netconsole): void {
  unregister_console(console.con);
  netpoll_cleanup(console.np);
}
