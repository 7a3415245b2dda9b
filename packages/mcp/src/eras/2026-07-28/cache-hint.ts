/** How long a client may keep an answer. */

/** The same for everybody until the server is another version. */
export const unchanging = { ttlMs: 3_600_000, cacheScope: 'public' } as const;

/** What lies on disk: the next look may find it changed. */
export const changing = { ttlMs: 0, cacheScope: 'private' } as const;
