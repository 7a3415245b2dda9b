/**
 * The clients of one HTTP server.
 *
 *   S1. An id that is not here (a server that was restarted, a client that was idle too long) is answered 404, so that
 *       the client introduces itself again. Its tasks are not lost: they belong to the principal.
 *   S2. A session belongs to the principal that opened it. For others it is not here.
 *   S3. When there is no room, the client that was idle longest goes; with none idle the new one is refused.
 */
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import type { Caller } from '@oatty/types';
import type { McpServer } from '../create-server.ts';
import type { HttpCall } from './http-call.ts';
import type { HttpLimits } from './http-limits.ts';
import type { HttpSession } from './http-session.ts';
import { isInitialize } from './parse-message.ts';

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

  /** @throws what is wrong with the request, before a session sees it */
  async answer(call: HttpCall): Promise<void> {
    const { request, messages, caller } = call;
    const id = request.headers['mcp-session-id'];
    const session = typeof id === 'string' ? this.#sessions.get(id) : await this.#open(messages, caller);
    if (session?.principal !== caller.principal) throw unknownSession();
    await session.answer(call);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }

  /**
   * The session of a client that introduces itself. It counts from when it has done so.
   *
   * @throws {OattyError} `ARGUMENT_INVALID` for anything but an `initialize`; `LIMIT_EXCEEDED` when there is no room
   */
  async #open(messages: readonly JSONRPCMessage[], caller: Caller): Promise<HttpSession> {
    if (!messages.some(isInitialize)) throw notInitialized();
    await this.#makeRoom();
    const { HttpSession } = await import('./http-session.ts');
    const session = new HttpSession(caller.principal, this.#limits, {
      onOpen: (id, opened) => this.#sessions.set(id, opened),
      onClose: (id) => this.#sessions.delete(id),
    });
    await session.connect(this.#server, caller);
    return session;
  }

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

// --- internal ---

function unknownSession(): OattyError {
  return new OattyError('RESOURCE_NOT_FOUND', 'There is no such session.', {
    suggestedAction: 'Initialize again, without a session id.',
  });
}

function notInitialized(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'The request has no session, and is no initialize.', {
    suggestedAction: 'Initialize first, then send the header Mcp-Session-Id of the answer.',
  });
}
