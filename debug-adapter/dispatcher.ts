/**
 * From requests to answers. Whatever happens inside a handler, each request is answered exactly once; nothing that
 * comes in can make the dispatcher throw.
 */
import { argumentProblem, withoutNulls } from "./argumentCheck.ts";
import { Cancelled, ErrorId, messageOf, NotStopped, UserError } from "./errors.ts";
import type { Command, IncomingRequest, Outgoing } from "./protocol.ts";
import type { Handlers, RequestHandler } from "./requestHandler.ts";
import type { Session } from "./session/session.ts";

export class Dispatcher {
  readonly #handlers: ReadonlyMap<string, RequestHandler<Command>>;
  readonly #session: Session;
  readonly #send: (message: Outgoing) => void;

  constructor(handlers: Handlers, session: Session, send: (message: Outgoing) => void) {
    const list = Object.values(handlers) as unknown as RequestHandler<Command>[];
    this.#handlers = new Map(list.map((handler) => [handler.command, handler]));
    this.#session = session;
    this.#send = send;
  }

  /** Answers one request: the promise resolves when that is done, and never rejects. */
  async dispatch(request: IncomingRequest): Promise<void> {
    const handler = this.#handlers.get(request.command);
    const given = withoutNulls(request.arguments);
    const refusal = this.#refusal(handler, request.command, given);
    if (refusal !== null || handler === undefined) {
      this.#send(errorResponse(request, refusal ?? new UserError("unknown request")));
      return;
    }
    const args = (given ?? {}) as never;
    let response: Outgoing;
    let done = false;
    try {
      const body = await handler.handle(args, this.#session);
      response = { ...answerTo(request), success: true, ...(body === undefined ? {} : { body }) };
      done = true;
    } catch (error) {
      response = errorResponse(request, error);
    }
    this.#send(response);
    if (done) void this.#after(handler, args, request);
  }

  /** A request that the client has taken back. */
  refuse(request: IncomingRequest): void {
    this.#send(errorResponse(request, new Cancelled()));
  }

  /** Why a request is refused before its handler sees it. */
  #refusal(handler: RequestHandler<Command> | undefined, command: string, args: unknown): Error | null {
    if (handler === undefined) return new UnknownRequest(command);
    const problem = argumentProblem(command, args, handler.shape ?? {});
    if (problem !== null) return new Malformed(problem);
    const needs = handler.needs ?? "initialized";
    const session = this.#session;
    if (needs === "any") return null;
    if (!session.initialized) return new UserError(`${command} came before initialize`);
    if (needs === "initialized") return null;
    if (session.ended) return new UserError(`${command}: the run has ended`);
    if (!session.launched) return new UserError(`${command} came before launch`);
    if (needs === "stopped" && !session.stopped) return new NotStopped();
    return null;
  }

  async #after(
    handler: RequestHandler<Command>,
    args: never,
    { seq, command }: IncomingRequest,
  ): Promise<void> {
    try {
      this.#session.asking = seq;
      const done = handler.after?.(args, this.#session);
      this.#session.asking = null;
      await done;
    } catch (error) {
      const output = `netdev-lab: internal error after ${command}: ${stackOf(error)}\n`;
      this.#send({ type: "event", event: "output", body: { category: "stderr", output } });
    }
  }
}

class UnknownRequest extends Error {
  constructor(command: string) {
    super(`unknown request "${command}"`);
  }
}

class Malformed extends Error {}

function answerTo(request: IncomingRequest) {
  return { type: "response" as const, request_seq: request.seq, command: request.command };
}

/** The answer to a request that failed. */
export function errorResponse(request: IncomingRequest, error: unknown): Outgoing {
  const { id, format, show } = explain(error);
  // A launch that fails without a word leaves the user with nothing.
  const showUser = show || request.command === "launch" || request.command === "restart";
  const body = { error: { id, format, showUser } };
  return { ...answerTo(request), success: false, message: format, body };
}

function explain(error: unknown): { id: number; format: string; show: boolean } {
  const format = messageOf(error);
  if (error instanceof Cancelled) return { id: ErrorId.cancelled, format, show: false };
  if (error instanceof NotStopped) return { id: ErrorId.notStopped, format, show: false };
  if (error instanceof UserError) return { id: ErrorId.user, format, show: error.show };
  if (error instanceof UnknownRequest) return { id: ErrorId.unknownRequest, format, show: false };
  if (error instanceof Malformed) return { id: ErrorId.malformed, format, show: false };
  return { id: ErrorId.internal, format: `internal error: ${stackOf(error)}`, show: true };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
