/**
 * The clients of one HTTP server.
 *
 *   S1. An id that is not here (a server that was restarted, a client that was idle too long) is answered 404, so that
 *       the client introduces itself again. Its tasks are not lost: they belong to the principal.
 *   S2. When there is no room, the client that was idle longest goes; with none idle the new one is refused.
 */
import { OattyError } from '@oatty/types';
import type { McpServer } from '../create-server.ts';
import type { HttpLimits } from './http-limits.ts';
import { HttpSession } from './http-session.ts';

export class HttpSessions {
  readonly #server: McpServer;
  readonly #limits: HttpLimits;
  readonly #sessions = new Map<string, HttpSession>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(server: McpServer, limits: HttpLimits) {
    this.#server = server;
    this.#limits = limits;
    this.#sweeper = setInterval(() => this.#closeIdle(), Math.min(limits.maxIdleMs, 60_000));
    this.#sweeper.unref();
  }

  find(id: string): HttpSession | undefined {
    return this.#sessions.get(id);
  }

  /** A client that has not introduced itself yet. It counts from when it does. */
  async create(): Promise<HttpSession> {
    await this.#makeRoom();
    const session = new HttpSession(this.#limits.maxBodyBytes, {
      onOpen: (id, opened) => this.#sessions.set(id, opened),
      onClose: (id) => this.#sessions.delete(id),
    });
    await session.connect(this.#server);
    return session;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }

  /** @throws {OattyError} `LIMIT_EXCEEDED` */
  async #makeRoom(): Promise<void> {
    const { maxSessions } = this.#limits;
    if (this.#sessions.size < maxSessions) return;
    const [idlest] = this.#idle();
    if (!idlest) {
      throw new OattyError('LIMIT_EXCEEDED', `${maxSessions} clients are connected, and none is idle.`, {
        suggestedAction: 'Close a client, or start another server.',
        retryable: true,
        context: { limit: 'maxSessions', maximum: maxSessions },
      });
    }
    await idlest.session.close();
  }

  #closeIdle(): void {
    const before = Date.now() - this.#limits.maxIdleMs;
    for (const { session, since } of this.#idle()) if (since <= before) void session.close();
  }

  /** Longest first. */
  #idle(): { session: HttpSession; since: number }[] {
    return [...this.#sessions.values()]
      .flatMap((session) => (session.idleSince === undefined ? [] : [{ session, since: session.idleSince }]))
      .sort((first, second) => first.since - second.since);
  }
}
