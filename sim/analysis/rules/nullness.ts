/** Results of allocations that are used without a test. */
import type * as t from "@babel/types";
import type { Analysis, CheckerFactory } from "../checker.ts";
import type { Interpreter } from "../interp.ts";
import type { Value } from "../values.ts";

/** Functions that oops on null as an argument. */
const DEREFERENCES =
  /^(netdev_priv|free_netdev|register_netdev|register_netdevice|unregister_netdev|skb_put|skb_push|skb_pull|skb_reserve|skb_tailroom|eth_type_trans|netif_rx|netif_receive_skb|dev_kfree_skb|kfree_skb|dev_kfree_skb_any|dev_kfree_skb_irq|memcpy|memset|ether_setup|SET_NETDEV_DEV|pci_set_drvdata_of)$/;

export const nullness: CheckerFactory = (a) => ({
  load: (object, _field, node, _state, run) => check(a, object, node, run),
  store: (object, _field, _value, node, _state, run) => check(a, object, node, run),
  call(call, run) {
    if (!DEREFERENCES.test(call.name)) return;
    for (const arg of call.args.slice(0, 2)) check(a, arg, call.node, run);
  },
});

function check(a: Analysis, value: Value, node: t.Node, run: Interpreter): void {
  if (value.k !== "null" || value.from === undefined || a.entry === null) return;
  const { api, node: at, file } = value.from;
  const { line, column } = at.loc!.start;
  a.report("life-null-alloc", node, run, `${api}() may have given null here, and nobody has tested it`, {
    related: [
      {
        file,
        line,
        column: column + 1,
        endLine: at.loc!.end.line,
        endColumn: at.loc!.end.column + 1,
        message: `${api}() is called here`,
      },
    ],
  });
}
