/** How much one HTTP server takes, and of whom. */
export interface HttpLimits {
  /** Largest request body. */
  readonly maxBodyBytes: number;
  /** All headers of a request, its address included. */
  readonly maxHeaderBytes: number;
  /** A request that has not come as a whole after this is ended. */
  readonly maxRequestMs: number;
  /** Requests of one caller, on average. */
  readonly requestsPerSecond: number;
  /** Requests of one caller at once, after a pause. */
  readonly burst: number;
  /** Answers that are open to one caller at the same time, streams included. */
  readonly maxConcurrentCalls: number;
  /** Clients at the same time; the one that was idle longest makes room for a new one. */
  readonly maxSessions: number;
  /** A client without a request and without an open stream is forgotten after this. */
  readonly maxIdleMs: number;
  /** What one client may fetch again after a stream broke: messages, and their size. */
  readonly maxReplayEvents: number;
  readonly maxReplayBytes: number;
  /** Calls that are under way when the server closes get this long. */
  readonly maxDrainMs: number;
  /** A journal that has not answered after this is none, for those who ask whether the server is ready. */
  readonly maxReadyMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  maxBodyBytes: 16 * 1024 * 1024,
  maxHeaderBytes: 32 * 1024,
  maxRequestMs: 60_000,
  requestsPerSecond: 2_000,
  burst: 4_000,
  maxConcurrentCalls: 256,
  maxSessions: 200,
  maxIdleMs: 30 * 60_000,
  maxReplayEvents: 500,
  maxReplayBytes: 2 * 1024 * 1024,
  maxDrainMs: 5_000,
  maxReadyMs: 3_000,
};

/** Who has shown a token is one of many; without one it is the user of this machine. */
export const authenticatedRate = { requestsPerSecond: 100, burst: 200 };
