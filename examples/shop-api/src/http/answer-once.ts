/**
 * Idempotency keys: the second request with a key gets the first one's answer, and nothing happens twice.
 *
 *   K1. Only answers of success are kept; after a failure the same key tries again.
 *   K2. A key belongs to one operation and one body; another body with it is refused with 422.
 */
import * as z from 'zod';
import type { Shop } from '../state/shop.ts';
import type { Answer } from './answer.ts';
import { checkHeader } from './check.ts';
import { Problem } from './problem.ts';
import type { ShopRequest } from './route.ts';

export function answerOnce(request: ShopRequest, shop: Shop, answer: () => Answer): Answer {
  const key = checkHeader(request, 'Idempotency-Key', keySchema);
  if (key === undefined) return answer();
  const name = `${request.operationId} ${key}`;
  const fingerprint = JSON.stringify([request.url.pathname, request.body]);
  const earlier = shop.answers.get(name);
  if (earlier === undefined) {
    const fresh = answer();
    shop.answers.set(name, { fingerprint, answer: fresh });
    return fresh;
  }
  if (earlier.fingerprint !== fingerprint)
    throw new Problem(422, 'This idempotency key was used with another body.');
  return { ...earlier.answer, headers: { ...earlier.answer.headers, 'idempotency-replayed': 'true' } };
}

// --- internal ---

const keySchema = z.string().min(1).max(200).optional();
