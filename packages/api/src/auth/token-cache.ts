/**
 * Access tokens, kept in memory until shortly before they expire. Callers that ask at the same time share one request.
 */
export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface TokenCache {
  /** The token under `key`, or what `request` gives; a failed request is not remembered. */
  get(key: string, now: number, request: () => Promise<AccessToken>): Promise<string>;
  /** Forgets a token that the API refused; a newer one under the same key stays. */
  forget(key: string, value: string): void;
}

export function createTokenCache(): TokenCache {
  const entries = new Map<string, Entry>();
  return {
    async get(key, now, request) {
      const known = entries.get(key);
      if (known !== undefined && isUsable(known, now)) return (await known.token).value;
      const entry: Entry = { token: request() };
      entries.set(key, entry);
      try {
        entry.settled = await entry.token;
        return entry.settled.value;
      } catch (thrown) {
        if (entries.get(key) === entry) entries.delete(key);
        throw thrown;
      }
    },
    forget(key, value) {
      if (entries.get(key)?.settled?.value === value) entries.delete(key);
    },
  };
}

// --- internal ---

interface Entry {
  readonly token: Promise<AccessToken>;
  /** Absent while the request is under way. */
  settled?: AccessToken;
}

/** Long enough for a clock that is a little off and for the request that the token is for. */
const skewMs = 30_000;

function isUsable({ settled }: Entry, now: number): boolean {
  return settled === undefined || settled.expiresAt - skewMs > now;
}
