/** Whose data a copy went past. */
import type { EventStamp, SkbLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { RuleContext } from "../rule.ts";

/** The packet that hard_start_xmit sends, if the bytes are its data. */
export function overread(
  ctx: RuleContext,
  event: EventStamp & { readonly bytes: Uint8Array },
): SkbLike | null {
  if (!byModel(ctx.machine)) return null;
  const ofSkb = (skb: unknown): skb is SkbLike =>
    (skb as { readonly head?: Uint8Array }).head?.buffer === event.bytes.buffer;
  const sending = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit")?.args[0];
  if (ofSkb(sending ?? {})) return sending as SkbLike;
  for (const device of ctx.state.resources.devices.keys())
    for (const { skb } of ctx.state.skbs.outstanding(device)) if (ofSkb(skb)) return skb;
  return null;
}
