/** What may be called where: sleeping, allocating, waiting, and the functions that forbid a context. */
import { API, gfpArgument } from "../api/table.ts";
import type { Analysis, CheckerFactory, Details } from "../checker.ts";
import { spinning, takenAt, whyAtomic } from "../describe.ts";
import type { ApiCall, Interpreter } from "../interp.ts";

const WAIT = 0x10;

export const contexts: CheckerFactory = (a) => ({
  call(call, run) {
    if (a.entry === null) return;
    if (sleeps(call)) sleeping(a, call, run);
    forbidden(a, call, run);
  },
});

function sleeps({ name, args }: ApiCall): boolean {
  if (API[name]?.sleeps) return true;
  return waitingGfp(name, args) !== null;
}

/** The flags argument, if it certainly lets the allocation sleep. */
function waitingGfp(name: string, args: ApiCall["args"]): number | null {
  const index = gfpArgument(name, args.filter((v) => !(v.k === "sym" && v.id.startsWith("type:"))).length);
  const flags = index === null ? undefined : args[index];
  return flags?.k === "num" && (flags.v & WAIT) !== 0 ? index : null;
}

function sleeping(a: Analysis, call: ApiCall, run: Interpreter): void {
  const { name, args, node, state } = call;
  const why = whyAtomic(a.kind, state);
  const gfp = waitingGfp(name, args);
  if (why === null && (!state.irqOff || state.objs.has("told:irq"))) return;
  const reason = why ?? "with interrupts off";
  const what = gfp !== null ? `${name}() with ${flagName(args[gfp]!)} may sleep` : `${name}() may sleep`;
  const also = ["ctx-sleep-atomic"];
  if (state.irqOff) also.push("ctx-sleep-irqoff");
  const rules = special(a, name, gfp !== null);
  const general = why === null ? "ctx-sleep-irqoff" : "ctx-sleep-atomic";
  const details: Details = {
    related: takenAt(spinning(state)),
    also: [...rules, ...also],
    fixes: gfp !== null ? [atomicFix(call, gfp, run)].flat() : [],
  };
  a.report(rules[0] ?? general, node, run, `${what}, and this runs ${reason}`, details);
}

function flagName(value: ApiCall["args"][number]): string {
  return value.k === "num" && value.name ? value.name : "these flags";
}

function atomicFix({ node }: ApiCall, index: number, run: Interpreter): NonNullable<Details["fixes"]> {
  const args = node.type === "CallExpression" ? node.arguments : [];
  const argument = args[index];
  if (argument?.type !== "Identifier" || argument.name !== "GFP_KERNEL") return [];
  return [{ title: "Allocate with GFP_ATOMIC", edits: [{ ...run.span(argument), text: "GFP_ATOMIC" }] }];
}

function special(a: Analysis, name: string, gfp: boolean): string[] {
  const role = a.entry!.role;
  const found: string[] = [];
  if (role === "set_multicast_list") found.push("mc-sleep");
  if (role === "timer") found.push("timer-sleep");
  if (role === "get_stats") found.push("ctx-get-stats-sleep");
  if (name === "rtnl_lock") found.push("rtnl-atomic");
  if (/^(un)?register_netdev(ice)?$/.test(name)) found.push("life-reg-context");
  if (name === "netif_poll_disable") found.push("napi-poll-disable-atomic");
  if (/^copy_(to|from)_user$/.test(name)) found.push("ctx-user-copy");
  if (gfp) found.push("ctx-gfp");
  if (/^(mutex_lock|down)/.test(name)) found.push("ctx-mutex-irq");
  if (role === "tx_timeout") found.push("txq-timeout-context");
  if (a.kind !== "process" && name === "free_irq") found.unshift("ctx-free-irq");
  if (a.kind !== "process" && name === "tasklet_kill") found.unshift("ctx-tasklet-kill");
  return found;
}

function forbidden(a: Analysis, call: ApiCall, run: Interpreter): void {
  const { name, node, state } = call;
  const hard = a.kind === "hardirq";
  const report = (rule: string, message: string, details: Details = {}): void =>
    a.report(rule, node, run, message, { related: takenAt(spinning(state)), ...details });
  if (name === "dev_kfree_skb" || name === "kfree_skb") {
    const fixes = [{ title: "Free with dev_kfree_skb_any", edits: callee(call, run, "dev_kfree_skb_any") }];
    if (hard) report("skb-free-hardirq", `${name}() in a hard interrupt handler`, { fixes });
    else if (state.irqOff) report("skb-free-irqoff", `${name}() with interrupts off`, { fixes });
  }
  if (/^(local_bh_enable|(spin|read|write)_unlock_bh)$/.test(name) && state.irqOff && !hard)
    report("ctx-bh-enable-irqoff", `${name}() with interrupts off`);
  if (/_bh$|^local_bh_(dis|en)able$/.test(name) && hard)
    report("ctx-bh-in-hardirq", `${name}() in a hard interrupt handler`);
  if (name === "dev_queue_xmit" && (hard || state.irqOff))
    report(
      "ctx-queue-xmit",
      `dev_queue_xmit() ${hard ? "in a hard interrupt handler" : "with interrupts off"}`,
    );
  if ((name === "vfree" || name === "iounmap" || name === "vunmap") && a.kind !== "process")
    report("ctx-vfree-irq", `${name}() in ${a.kind} context`);
  if (name === "pci_free_consistent" && (hard || state.irqOff))
    report(
      "ctx-consistent-free",
      `pci_free_consistent() ${hard ? "in a hard interrupt handler" : "with interrupts off"}`,
      { also: ["dma-coherent-ctx"] },
    );
  if (name === "netif_receive_skb" && (hard || (a.kind === "process" && state.bh === 0)))
    report(
      "ctx-receive-skb",
      `netif_receive_skb() in ${hard ? "a hard interrupt handler" : "process context with bottom halves on"}`,
    );
  if (name === "netif_rx" && plainProcess(a, call))
    report(
      "ctx-netif-rx-process",
      "netif_rx() in process context: nothing makes the softirq run soon; use netif_rx_ni()",
      { fixes: [{ title: "Use netif_rx_ni", edits: callee(call, run, "netif_rx_ni") }] },
    );
  if (/^(__)?netif_rx_schedule$/.test(name) && plainProcess(a, call))
    report("ctx-napi-sched-process", `${name}() in process context with bottom halves on`);
  if ((name === "netif_tx_disable" || name === "dev_mc_add") && hard)
    report("xmit-irq", `${name}() takes xmit_lock in a hard interrupt handler`);
  if (name === "del_timer_sync" && hard)
    report("timer-sync-irq", "del_timer_sync() in a hard interrupt handler");
}

function plainProcess(a: Analysis, { state }: ApiCall): boolean {
  return (
    a.kind === "process" &&
    a.entry?.role !== "get_stats" &&
    state.bh === 0 &&
    !state.irqOff &&
    state.preempt === 0
  );
}

/** Another function in the place of the one that is called. */
function callee(
  { node }: ApiCall,
  run: Interpreter,
  text: string,
): { file: string; line: number; column: number; endLine: number; endColumn: number; text: string }[] {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return [];
  return [{ ...run.span(node.callee), text }];
}
