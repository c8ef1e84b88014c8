/** Buggy drivers whose bug needs a schedule that the ordinary run of their header does not happen to take. */
export const NEEDS_EXPLORATION: ReadonlySet<string> = new Set([
  "D17-mv643xx-txq-reclaim-excl/buggy.ts",
  "D2-spidernet-skb-double-free/buggy.ts",
  "E1-tg3-mem-order-tx/buggy.ts",
  "E12-e100-txq-timeout-work-race/buggy.ts",
  "E2-forcedeth-txq-lost-wake/buggy.ts",
  "E8-sky2-txq-stop-stop/buggy.ts",
  "F3-amd8111e-napi-complete-then-unmask/buggy.ts",
  "F5-skge-napi-ack-before-scan/buggy.ts",
  "G2-b44-irq-ready-before-request/buggy.ts",
  "H1-ioc3-timer-sync/buggy.ts",
  "J1-niu-stat-down/buggy.ts",
  "J3-bonding-mc-walk/buggy.ts",
  "S0a-skeleton-napi-ack-before-scan/buggy.ts",
  "S0b-skeleton-txq-stop-stop/buggy.ts",
]);
