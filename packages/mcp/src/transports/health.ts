/** What supervisors ask: is the process alive, and does it take work? They get no more than that. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';

export interface HealthOptions {
  readonly oatty: Oatty;
  readonly log: Log;
  /** True from when the server closes. */
  readonly isDraining: () => boolean;
}

/** @returns whether it was such a question, and has been answered */
export async function answerHealth(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  options: HealthOptions,
): Promise<boolean> {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (url === '/healthz') return tell(response, 'ok');
  return url === '/readyz' && tell(response, await readiness(options));
}

// --- internal ---

type Health = 'ok' | 'ready' | 'draining' | 'unavailable';

async function readiness({ oatty, log, isDraining }: HealthOptions): Promise<Health> {
  if (isDraining()) return 'draining';
  try {
    await oatty.runs.list({ limit: 1 }); // the journal can be read
    return 'ready';
  } catch (thrown) {
    logFailure(log, 'readyz', OattyError.from(thrown));
    return 'unavailable';
  }
}

function tell(response: ServerResponse, status: Health): true {
  const isWell = status === 'ok' || status === 'ready';
  response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ status }));
  return true;
}
