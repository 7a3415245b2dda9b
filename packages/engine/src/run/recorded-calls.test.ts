import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';

describe('what the journal keeps of calls', () => {
  it('has the rendered arguments with the result', async () => {
    const commits = await commitsOf([
      aStep('a', 'shop get'),
      aStep('b', 'shop add', { with: { id: '${{ steps.a.id }}' }, body: { n: '${{ inputs.n }}' } }),
    ]);
    expect(commits.map(({ request }) => request)).toEqual([
      { with: {} },
      { with: { id: 'o1' }, body: { n: 3 } },
    ]);
  });

  it('has them for each item, and none for the list', async () => {
    const commits = await commitsOf([
      aStep('a', 'shop add', { for_each: '[1, 2]', with: { n: '${{ item }}' } }),
    ]);
    expect(commits.map(({ item, request }) => [item, request])).toEqual([
      [0, { with: { n: 1 } }],
      [1, { with: { n: 2 } }],
      [undefined, undefined],
    ]);
  });

  it('has none where nothing was sent', async () => {
    const commits = await commitsOf([
      aStep('no', 'shop get', { if: 'false' }),
      aStep('bad', 'shop get', { with: { id: '${{ inputs.n.deep }}' }, on_failure: 'continue' }),
    ]);
    expect(commits.map((commit) => 'request' in commit)).toEqual([false, false]);
  });

  it('has arguments of calls that failed', async () => {
    const commits = await commitsOf([aStep('a', 'shop fail', { with: { id: 'x' }, on_failure: 'continue' })]);
    expect(commits[0]).toMatchObject({ request: { with: { id: 'x' } }, result: { status: 'failed' } });
  });

  it('holds no secret', async () => {
    const secrets = { API_KEY: 'key-123' };
    const given = { id: '${{ inputs.pin }}-${{ secrets.API_KEY }}' };
    const commits = await commitsOf([aStep('a', 'shop add', { with: given })], { secrets });
    expect(commits[0]?.request).toEqual({ with: { id: '[secret]-[secret]' } });
  });

  it('has a digest of large ones only', async () => {
    const commits = await commitsOf([
      aStep('a', 'shop add', { body: { text: 'x'.repeat(20_000) } }),
      aStep('b', 'shop add', { body: { text: 'x'.repeat(20_000) } }),
      aStep('c', 'shop add', { body: { text: 'y'.repeat(20_000) } }),
    ]);
    const digests = commits.map(({ request }) => (request && 'sha256' in request ? request.sha256 : ''));
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it('has what earlier polls gave in their events', async () => {
    const engine = anEngine();
    const step = aStep('a', 'shop poll', { repeat: { until: 'steps.a.n == 3', every: '1s' } });
    const run = await engine.run(aWorkflow({ steps: [step] }));
    const attempts = (await engine.events(run.run_id)).filter((event) => event.type === 'step_attempt');
    expect(attempts.map(({ output }) => output)).toEqual([{ n: 1 }, { n: 2 }, undefined]);
    expect(run.steps[0]?.output).toEqual({ n: 3 });
  });
});

function anEngine(options: TestEngineOptions = {}) {
  const catalog = { secrets: ['API_KEY'] };
  return createTestEngine(
    {
      'shop get': () => ({ id: 'o1' }),
      'shop add': { method: 'POST', catalog, answer: () => 'added' },
      'shop poll': (_, nth) => ({ n: nth }),
      'shop fail': () => {
        throw httpError(404);
      },
    },
    options,
  );
}

async function commitsOf(steps: readonly Step[], options: TestEngineOptions = {}) {
  const engine = anEngine(options);
  const inputs = { n: {}, pin: { secret: true } };
  const run = await engine.run(aWorkflow({ inputs, steps: [...steps] }), { n: 3, pin: 'pin-9' });
  return engine.store.readCommits(run.run_id);
}
