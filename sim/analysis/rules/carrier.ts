/** The carrier: netif_carrier_on() and netif_carrier_off() leave it to the driver that only one calls at a time. */
import type { CheckerFactory } from "../checker.ts";
import type { ContextKind, Role } from "../entries.ts";
import type { RelatedSpan, Span } from "../finding.ts";

interface Change {
  readonly role: Role;
  readonly fn: string;
  /** The work item, timer or tasklet that it belongs to. */
  readonly starter: string | null;
  readonly span: Span;
  readonly kind: ContextKind;
  readonly related: readonly RelatedSpan[];
  readonly locks: ReadonlySet<string>;
  readonly irqOff: boolean;
}

/** What may run while the interface is up. */
const RUNNING = /^(interrupt|timer|tasklet|work|poll|tx_timeout|kthread|do_ioctl|ethtool|set_config)$/;
const CHANGES = /^(netif_carrier_(on|off)|mii_check_link|mii_check_media)$/;

export const carrier: CheckerFactory = (a) => {
  const changes: Change[] = [];
  return {
    call({ name, node, state }, run) {
      if (a.entry === null || !CHANGES.test(name) || !RUNNING.test(a.entry.role)) return;
      const locks = new Set(state.held.map((h) => h.cls ?? h.id));
      changes.push({
        role: a.entry.role,
        fn: a.entry.fn.fn.name,
        starter: a.entry.starter,
        span: run.span(node),
        kind: a.kind,
        related: a.way(run),
        locks,
        irqOff: state.irqOff,
      });
    },
    finish() {
      for (const change of changes) {
        // two functions of one work item: a variant of the driver has set another one
        const other = changes.find(
          (c) =>
            c.fn !== change.fn &&
            (c.starter === null || c.starter !== change.starter) &&
            !together(c, change),
        );
        // one of the two is enough, and the interrupt is the one that cannot help it
        if (other === undefined || (change.role === "interrupt" && other.role !== "interrupt")) continue;
        a.reportAt(
          "car-serial",
          change.span,
          `${change.fn}() changes the carrier, and so does ${other.fn}() (${other.role}), under no common lock`,
          change.kind,
          { related: [...change.related, { ...other.span, message: `${other.fn}() changes it here` }] },
        );
      }
    },
  };
};

const together = (x: Change, y: Change): boolean => [...x.locks].some((lock) => y.locks.has(lock));
