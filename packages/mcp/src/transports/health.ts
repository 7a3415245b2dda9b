/**
 * What supervisors ask: is the process alive, and does it take work? They get no more than that.
 *
 *   H1. What is wrong stands in the log, and never in the answer: nobody has shown who asks.
 *   H2. A journal that says nothing is as good as none.
 *   H3. However many ask at once, it is looked once.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';

export interface HealthOptions {
  readonly oatty: Oatty;
  readonly log: Log;
  readonly maxReadyMs: number;
}

export class Health {
  readonly #options: HealthOptions;
  #looking: Promise<Readiness> | undefined;
  #isDraining = false;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** True from when the server closes. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  drain(): void {
    this.#isDraining = true;
  }

  /** @returns whether it was such a question, and has been answered */
  async answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (method !== 'GET' && method !== 'HEAD') return false;
    if (url === '/healthz') return tell(response, 'ok');
    return url === '/readyz' && tell(response, this.#isDraining ? 'draining' : await this.#look());
  }

  /** H3 */
  async #look(): Promise<Readiness> {
    this.#looking ??= readiness(this.#options).finally(() => (this.#looking = undefined));
    return this.#looking;
  }
}

// --- internal ---

type Readiness = 'ready' | 'unavailable';

async function readiness({ oatty, log, maxReadyMs }: HealthOptions): Promise<Readiness> {
  const answered = new AbortController();
  try {
    await Promise.race([
      oatty.runs.list({ limit: 1 }), // the journal can be read
      pause(maxReadyMs, undefined, { signal: answered.signal, ref: false }).then(refuseSilence),
    ]);
    return 'ready';
  } catch (thrown) {
    logFailure(log, 'readyz', OattyError.from(thrown));
    return 'unavailable';
  } finally {
    answered.abort();
  }
}

/** H2 */
function refuseSilence(): never {
  throw new OattyError('STORAGE_FAILED', 'The journal does not answer.', { retryable: true });
}

function tell(response: ServerResponse, status: Readiness | 'ok' | 'draining'): true {
  const isWell = status === 'ok' || status === 'ready';
  response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ status }));
  return true;
}
