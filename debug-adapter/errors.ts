/** What may go wrong in a request, by who has to do something about it. Only the dispatcher turns these into answers. */

/** The request cannot be done, and the message tells the user why and what to do. */
export class UserError extends Error {
  override readonly name: string = "UserError";
  /** Shown to the user (a message box), or left to the client's judgement (hovers, watches). */
  readonly show: boolean;

  constructor(message: string, options: { show?: boolean } = {}) {
    super(message);
    this.show = options.show ?? false;
  }
}

/** The request needs a paused machine: the client may send it again after the next stop. */
export class NotStopped extends UserError {
  override readonly name = "NotStopped";
  constructor() {
    super("notStopped");
  }
}

/** The client has taken the request back. */
export class Cancelled extends UserError {
  override readonly name = "Cancelled";
  constructor() {
    super("cancelled");
  }
}

/** Numbers of `ErrorResponse.body.error.id`: stable, so that clients can tell errors apart. */
export const ErrorId = {
  internal: 1000,
  user: 1001,
  notStopped: 1002,
  unknownRequest: 1003,
  malformed: 1004,
  sessionEnded: 1005,
  cancelled: 1006,
} as const;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
