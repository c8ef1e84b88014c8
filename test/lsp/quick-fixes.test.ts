/** Each quick fix over the wire: applied to the text it mends the mistake, and what it names is imported. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CodeAction, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { buildServer, Server } from "./server.ts";

let server: Server;

beforeAll(async () => {
  server = new Server(await buildServer());
  await server.initialize();
});

afterAll(() => server.close());

const xmit = (imports: string, body: string): string => `${imports}
import { module_init } from "linux/module";
import { ETH_ZLEN } from "linux/if_ether";
import { jiffies } from "linux/jiffies";
import { alloc_etherdev, dev_kfree_skb_any } from "linux/etherdevice";
import { NETDEV_TX_BUSY, NETDEV_TX_OK, type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spinlock_t } from "linux/spinlock";

class priv {
  lock = new spinlock_t();
  full = 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<priv>(dev);
${body}
  dev.trans_start = jiffies;
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

module_init(() => {
  const dev = alloc_etherdev(priv);
  if (!dev) return ETH_ZLEN;
  spin_lock_init(netdev_priv<priv>(dev).lock);
  dev.open = () => { netif_start_queue(dev); return 0; };
  dev.hard_start_xmit = my_xmit;
  return 0;
});
`;

const CASES: [string, string, string, string][] = [
  [
    "ctx-gfp",
    "Allocate with GFP_ATOMIC",
    xmit('import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";', "  kfree(kmalloc(p.full, GFP_KERNEL));"),
    "GFP_ATOMIC",
  ],
  ["txq-busy-nostop", "Stop the queue", xmit("", "  if (p.full) return NETDEV_TX_BUSY;"), "netif_stop_queue"],
  [
    "lock-leak",
    "Release priv.lock",
    xmit(
      "",
      "  const flags = spin_lock_irqsave(p.lock);\n  if (flags) p.full++;\n  dev_kfree_skb_any(skb);\n  dev.trans_start = jiffies;\n  return NETDEV_TX_OK;",
    ),
    "spin_unlock_irqrestore",
  ],
  [
    "skb-free-irqoff",
    "Free with dev_kfree_skb_any",
    xmit(
      'import { local_irq_restore, local_irq_save } from "asm/system";\nimport { dev_kfree_skb } from "linux/skbuff";',
      "  const flags = local_irq_save();\n  dev_kfree_skb(skb);\n  local_irq_restore(flags);\n  return NETDEV_TX_OK;",
    ),
    "dev_kfree_skb_any",
  ],
];

it.each(CASES)("mends %s: %s", async (rule, title, text, name) => {
  const path = `/fixes/${rule}.ts`;
  await server.open(path, text);
  const before = await server.diagnostics(path, 1);
  const wrong = before.find((d) => d.code === rule)!;
  expect(wrong, JSON.stringify(before)).toBeDefined();
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: server.uri(path) },
    range: wrong.range,
    context: { diagnostics: [wrong] },
  });
  const action = actions.find((a) => a.title.startsWith(title))!;
  const edits = action.edit!.changes![server.uri(path)] as TextEdit[];
  const mended = TextDocument.applyEdits(TextDocument.create(path, "typescript", 1, text), edits);
  const imported = [...mended.matchAll(/^import[^}]*\}/gm)].join("\n");
  expect(imported.match(new RegExp(`\\b${name}\\b`, "g"))).toHaveLength(1);
  await server.change(path, 2, mended);
  expect((await server.diagnostics(path, 2)).map((d) => d.code)).not.toContain(rule);
});
