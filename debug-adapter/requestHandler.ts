/** One request of the protocol: what it needs, what it promises to clients, and how it is answered. */
import type { ArgumentShape, Arguments, Body, Command, Dap } from "./protocol.ts";
import type { Session } from "./session/session.ts";

export interface RequestHandler<C extends Command> {
  readonly command: C;
  /** What the adapter advertises because this handler exists. */
  readonly capabilities?: Dap.Capabilities;
  /** Arguments whose type is checked before `handle` sees them. */
  readonly shape?: ArgumentShape;
  /**
   * `any`: at any time, even before `initialize`; `initialized` (default): after it; `launched`: there is a machine;
   * `stopped`: and it stands still.
   */
  readonly needs?: "any" | "initialized" | "launched" | "stopped";
  handle(args: Arguments<C>, session: Session): Promise<Body<C>> | Body<C>;
  /** Runs when the response is on its way: for events that must follow it. */
  after?(args: Arguments<C>, session: Session): void | Promise<void>;
}

/** Every handler; a mapped type, so that a command without a handler does not compile. */
export type Handlers = { readonly [C in Command]: RequestHandler<C> };

/** The adapter's capabilities: the union over its handlers, so that neither can exist without the other. */
export function capabilitiesOf(handlers: Handlers): Dap.Capabilities {
  return Object.assign({}, ...Object.values(handlers).map((handler) => handler.capabilities ?? {}));
}
