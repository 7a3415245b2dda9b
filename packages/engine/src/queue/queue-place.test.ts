import { describe, expect, it } from 'vitest';
import type { Workflow } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { toDedupKey, toQueuePlace } from './queue-place.ts';

const queue = {
  name: 'q',
  concurrency: 2,
  worker_concurrency: null,
  rate: { limit: 5, per: '1m' },
  priority: 3,
};

describe('the place of a run in a queue', () => {
  it('has the limits of the manifest, with the time in milliseconds', () => {
    expect(toQueuePlace(withQueue(queue))).toEqual({
      name: 'q',
      priority: 3,
      concurrency: 2,
      rate: { limit: 5, per_ms: 60_000 },
    });
  });

  it('is none where nobody names a queue', () => {
    expect(toQueuePlace(withQueue(null))).toBeUndefined();
  });

  it('is what is asked for at the start, before the manifest', () => {
    const place = toQueuePlace(withQueue(queue), { priority: -1, dedupKey: 'k' });
    expect(place).toMatchObject({ name: 'q', priority: -1, dedup_key: 'k', concurrency: 2 });
  });

  it('in another queue has no limits of the one that the manifest names', () => {
    expect(toQueuePlace(withQueue(queue), { name: 'other' })).toEqual({ name: 'other', priority: 3 });
  });

  it('has the limits of the start, each in place of the one of the manifest', () => {
    const rate = { limit: 1, per: '2s' };
    expect(toQueuePlace(withQueue(queue), { rate, workerConcurrency: 4 })).toMatchObject({
      concurrency: 2,
      worker_concurrency: 4,
      rate: { limit: 1, per_ms: 2_000 },
    });
    expect(toQueuePlace(withQueue(queue), { name: 'other', concurrency: 7 })).toEqual({
      name: 'other',
      priority: 3,
      concurrency: 7,
    });
  });

  it.each([
    [{ name: 'two words' }],
    [{ name: '' }],
    [{ priority: 1.5 }],
    [{ priority: 1001 }],
    [{ dedupKey: '' }],
    [{ dedupKey: 'k'.repeat(501) }],
    [{ concurrency: 0 }],
    [{ workerConcurrency: 1.5 }],
    [{ rate: { limit: 0, per: '1m' } }],
    [{ rate: { limit: 1, per: 'often' } }],
    [{ rate: { limit: 1, per: 0 } }],
  ])('is refused for %j', (request) => {
    expect(() => toQueuePlace(withQueue(queue), request)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });

  it.each([
    [{ priority: 1 }],
    [{ dedupKey: 'k' }],
    [{ concurrency: 1 }],
    [{ workerConcurrency: 1 }],
    [{ rate: { limit: 1, per: '1m' } }],
  ])('needs a queue for %j', (request) => {
    expect(() => toQueuePlace(withQueue(undefined), request)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});

describe('the key of a run in a queue', () => {
  it.each([
    ['order ${{ inputs.id }}', 'order 7'],
    ['${{ inputs.id }}', '7'],
    ['${{ inputs.list }}', '["a",1]'],
    ['${{ inputs.none }}', undefined],
    [null, undefined],
  ])('%s is %s', (dedup_key, key) => {
    const inputs = { id: 7, list: ['a', 1], none: null };
    expect(toDedupKey(withQueue({ name: 'q', dedup_key }), inputs)).toBe(key);
  });

  it('is refused when it is very long', () => {
    const workflow = withQueue({ name: 'q', dedup_key: '${{ inputs.text }}' });
    expect(() => toDedupKey(workflow, { text: 'x'.repeat(501) })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});

// --- internal ---

function withQueue(declared: Workflow['queue']): Workflow {
  return aWorkflow({ steps: [aStep('a', 'api get')], ...(declared !== undefined && { queue: declared }) });
}
