/** Kernel functions that only look: hovers, watches and conditions may call them. */

/** Answers that do not depend on who asks. */
const ANYWHERE = `
  netdev_priv netif_running netif_device_present netif_queue_stopped netif_carrier_ok netif_rx_schedule_test
  spin_is_locked rwlock_is_locked atomic_read test_bit timer_pending
  skb_queue_len skb_queue_empty skb_headroom skb_tailroom skb_headlen skb_is_nonlinear skb_shared skb_cloned skb_peek
  list_empty is_valid_ether_addr is_zero_ether_addr is_multicast_ether_addr is_broadcast_ether_addr compare_ether_addr
  ntohs htons ntohl htonl be16_to_cpu cpu_to_be16 be32_to_cpu cpu_to_be32 le16_to_cpu cpu_to_le16 le32_to_cpu cpu_to_le32
  time_after time_before time_after_eq time_before_eq jiffies_to_msecs msecs_to_jiffies IS_ERR PTR_ERR
`;

/** Answers about the CPU that executes. */
const HERE = `
  in_interrupt in_irq in_softirq in_atomic irqs_disabled preempt_count smp_processor_id get_jiffies_64
`;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const PURE_ANYWHERE = words(ANYWHERE);
export const PURE_HERE = words(HERE);
