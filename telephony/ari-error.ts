/** A request to Asterisk that did not succeed. */
export class AriError extends Error {
  /** The HTTP status, or 0 when there was no usable answer: refused, cut, timed out, unreadable. */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'AriError';
    this.status = status;
  }
}

/** True for the answers that mean "what you speak of does not exist (any more)". */
export function isNotThere(error: unknown): boolean {
  // 409: the channel exists but has left our application, 422: the bridge's channel has.
  return error instanceof AriError && [404, 409, 422].includes(error.status);
}

/** True when Asterisk gave no usable answer, so nobody knows whether the request took effect. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof AriError && error.status === 0;
}
