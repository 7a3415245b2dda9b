/** How much one HTTP server takes. */
export interface HttpLimits {
  /** Largest request body. */
  readonly maxBodyBytes: number;
  /** Clients at the same time; the one that was idle longest makes room for a new one. */
  readonly maxSessions: number;
  /** A client without a request and without an open stream is forgotten after this. */
  readonly maxIdleMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  maxBodyBytes: 16 * 1024 * 1024,
  maxSessions: 200,
  maxIdleMs: 30 * 60_000,
};
