/** Endpoints that are slow or fail on purpose. */
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { checkQuery, integerText } from '../http/check.ts';
import { Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Shop } from '../state/shop.ts';

export const faultRoutes: readonly Route[] = [
  {
    operationId: 'getHealth',
    method: 'GET',
    path: '/health',
    anonymous: true,
    answer: () => ({ status: 200, body: { status: 'ok' } }),
  },
  { operationId: 'getFlaky', method: 'GET', path: '/flaky/{key}', answer: getFlaky },
  { operationId: 'getBroken', method: 'GET', path: '/broken', answer: getBroken },
  { operationId: 'getSlow', method: 'GET', path: '/slow', answer: getSlow },
];

// --- internal ---

const slowQuery = z.strictObject({ delay_ms: integerText(0, 60_000).optional() });

/** The n-th call with one key is the first that succeeds. */
function getFlaky(request: ShopRequest, shop: Shop): Answer {
  const key = request.param('key');
  const calls = (shop.flakyCalls.get(key) ?? 0) + 1;
  shop.flakyCalls.set(key, calls);
  if (calls < shop.settings.flakyAttempts)
    throw new Problem(503, `Call ${calls} with "${key}" fails; try again.`);
  return { status: 200, body: { key, calls } };
}

function getBroken(): Answer {
  throw new Problem(500, 'This endpoint always fails.');
}

async function getSlow(request: ShopRequest, shop: Shop): Promise<Answer> {
  const { delay_ms = shop.settings.slowMs } = checkQuery(request, slowQuery);
  await wait(delay_ms, undefined, { signal: request.signal });
  return { status: 200, body: { waited_ms: delay_ms } };
}
