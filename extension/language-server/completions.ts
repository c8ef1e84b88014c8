/** Stubs of callbacks with the right contract. */
import { type CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver-protocol";
import { ROLES, type RoleInfo } from "../../sim/analysis/index.ts";

interface Stub {
  readonly role: keyof typeof ROLES;
  readonly head: string;
  readonly body: readonly string[];
}

const STUBS: readonly Stub[] = [
  { role: "open", head: "(dev: net_device): number", body: ["netif_start_queue(dev);", "return 0;"] },
  { role: "stop", head: "(dev: net_device): number", body: ["netif_stop_queue(dev);", "return 0;"] },
  {
    role: "hard_start_xmit",
    head: "(skb: sk_buff, dev: net_device): number",
    body: ["dev.trans_start = jiffies;", "$0", "return NETDEV_TX_OK;"],
  },
  { role: "tx_timeout", head: "(dev: net_device): void", body: ["$0", "netif_wake_queue(dev);"] },
  { role: "set_multicast_list", head: "(dev: net_device): void", body: ["$0"] },
  {
    role: "get_stats",
    head: "(dev: net_device): net_device_stats",
    body: ["return netdev_priv<$2>(dev).stats;"],
  },
  {
    role: "poll",
    head: "(dev: net_device, budget: { v: number }): number",
    body: [
      "const limit = Math.min(budget.v, dev.quota);",
      "let work = 0;",
      "$0",
      "budget.v -= work;",
      "dev.quota -= work;",
      "if (work === limit) return 1;",
      "netif_rx_complete(dev);",
      "return 0;",
    ],
  },
  {
    role: "do_ioctl",
    head: "(dev: net_device, ifr: ifreq, cmd: number): number",
    body: ["$0", "return -EOPNOTSUPP;"],
  },
  {
    role: "interrupt",
    head: "(irq: number, dev_id: unknown, regs: null): number",
    body: ["$0", "return IRQ_HANDLED;"],
  },
  { role: "timer", head: "(data: unknown): void", body: ["$0"] },
  { role: "work", head: "(data: unknown): void", body: ["$0"] },
];

/** At the beginning of a line outside of everything. */
export function completions(line: string): CompletionItem[] {
  if (!/^\w*$/.test(line)) return [];
  return STUBS.map(({ role, head, body }) => {
    const info: RoleInfo = ROLES[role];
    return {
      label: `netdev ${role}`,
      kind: CompletionItemKind.Snippet,
      detail: info.says,
      ...(info.document ? { documentation: `${info.document} (netdevices.txt)` } : {}),
      filterText: `netdev ${role} ${role}`,
      insertText: `/* ${info.says}. */\nfunction \${1:my}_${role}${head} {\n${body.map((l) => `  ${l}`).join("\n")}\n}\n`,
      insertTextFormat: InsertTextFormat.Snippet,
    };
  });
}
