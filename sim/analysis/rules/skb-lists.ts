/** Queues of socket buffers: the __skb_* functions leave the locking to the driver. */

import { lockOf } from "../api/effects.ts";
import type { CheckerFactory } from "../checker.ts";
import type { ContextKind, Role } from "../entries.ts";
import type { RelatedSpan, Span } from "../finding.ts";

interface Use {
  readonly queue: string;
  readonly fn: string;
  readonly bare: boolean;
  readonly name: string;
  readonly span: Span;
  readonly kind: ContextKind;
  readonly related: readonly RelatedSpan[];
}

const LIST = /^(__)?skb_(queue_(head|tail|purge)|dequeue(_tail)?|unlink|append|insert)$/;
/** What runs when nothing else does. */
const ALONE: ReadonlySet<Role> = new Set(["module_init", "module_exit", "probe", "remove", "open", "stop"]);

export const skbLists: CheckerFactory = (a) => {
  const uses: Use[] = [];
  return {
    call({ name, args, node, state }, run) {
      if (a.entry === null || !LIST.test(name) || ALONE.has(a.entry.role)) return;
      const { cls, id } = lockOf(args[0]!, "spin", run);
      const queue = cls ?? (id.startsWith("m") ? id : null);
      if (queue === null) return;
      const locked = state.irqOff || state.held.some((h) => h.at !== null);
      uses.push({
        queue,
        fn: a.entry.fn.fn.name,
        bare: name.startsWith("__") && !locked,
        name,
        span: run.span(node),
        kind: a.kind,
        related: a.way(run),
      });
    },
    finish() {
      for (const use of uses) {
        const other = use.bare ? uses.find((u) => u.queue === use.queue && u.fn !== use.fn) : undefined;
        if (other === undefined) continue;
        a.reportAt(
          "skb-queue-lock",
          use.span,
          `${use.name}() takes no lock, and ${other.fn}() uses the same queue: hold queue.lock, or call ${use.name.slice(2)}()`,
          use.kind,
          { related: [...use.related, { ...other.span, message: `${other.fn}() uses it here` }] },
        );
      }
    },
  };
};
