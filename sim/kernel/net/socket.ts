/**
 * What simulated user space may ask of the kernel's networking. Everything here runs in process context and may block;
 * nothing throws: failures are negative errno numbers. Devices are named by their name ("eth0").
 *
 *   netdev_names(): string[]                       names of the registered devices, in order of registration
 *
 *   sock_ioctl(cmd: number, ifr: ifreq): number    SIOC* of linux/sockios on ifr.ifr_name; the kernel takes rtnl.
 *       ifr is `new ifreq()` of linux/if. Fields by command: ifr_flags (SIOCGIFFLAGS, SIOCSIFFLAGS), ifr_mtu, ifr_hwaddr.sa_data
 *       (SIOCSIFHWADDR, SIOCADDMULTI, SIOCDELMULTI; sa_family ARPHRD_ETHER for HWADDR, 0 for MULTI), ifr_map, ifr_qlen,
 *       ifr_newname, ifr_ifindex, ifr_data (SIOCDEVPRIVATE…, SIOCETHTOOL: an object with `cmd` and the command's fields).
 *
 *   udp_send(dev: string, options?: udp_send_options): number
 *       one UDP frame through IP and dev_queue_xmit; returns the frame's length, or -ENODEV, -ENETDOWN, -EMSGSIZE, -ENOBUFS
 *       (dropped by the queue), -ENOMEM, -EAGAIN (send buffer full and not `block`)…
 *       { size?: bytes of the frame without FCS (default 64; below 42 a raw frame of that size is sent);
 *         to?: IPv4 "10.0.0.2"; mac?: Uint8Array(6) or "aa:bb:cc:dd:ee:ff"; sport?; dport? (default 9); fill?: number (payload byte);
 *         block?: wait for room in the socket's send buffer (64 KiB, charged until the driver frees the skb);
 *         frags?: number of page fragments that carry the payload (devices with NETIF_F_SG) }
 *   icmp_ping(dev: string, options?: { size?: frame bytes (default 98); timeoutMs?: number (default 1000); to?: string; mac? }): number
 *       sends one echo request and waits: round trip in ns, or -ETIMEDOUT, or what sending gave
 *   udp_received(dev: string): number              UDP frames that the stack has received on the device so far
 *
 *   ip_set_address(dev: string, { address?: string; peer?: string; peerMac?: string | Uint8Array; prefix?: number }): number
 *       without it device i of the model (in order of registration) is 10.0.i.1/24, its peer 10.0.i.2
 *   ip_get_address(dev: string): { address: string; peer: string; peerMac: Uint8Array } | null
 *
 *   proc_net_dev_read(name: string): net_device_stats | null   a copy, read as /proc/net/dev does (read_lock(&dev_base_lock)); null: no such device
 *   proc_net_dev_text(): string                    the whole file /proc/net/dev
 *
 *   sysfs_open(path: string): sysfs_file | number  "/sys/class/net/eth0/mtu" …; a negative errno if there is no such file
 *       sysfs_file: read(): string | number; write(text: string): number; close(): void   (numbers: negative errno, or bytes written)
 *   sysfs_list(path: string): string[]             names in a directory
 *
 *   multicast_join(dev, mac: Uint8Array | string, context?: "process" | "softirq"): number    dev_mc_add without rtnl, as IPv4 (process) or IPv6 (softirq) do
 *   multicast_leave(dev, mac, context?): number
 */
