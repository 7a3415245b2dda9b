/** Calls that were under way when their process died, of an API that does everything again. */
import { describe, expect, it, vi } from 'vitest';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetfulDescription, startForgetfulApi } from './forgetful-api.ts';
import type { Fate } from './forgetful-api.ts';
import { openSharedState } from './shared-state.ts';

interface Case {
  readonly fates: readonly Fate[];
  readonly answer: Readonly<Record<string, string>>;
  readonly run: object;
  /** Charges that have arrived before the answer, and in the end. */
  readonly charges: readonly [number, number];
}

const cases: Readonly<Record<string, Case>> = {
  retry: {
    fates: ['silence'],
    answer: { decision: 'retry' },
    run: { status: 'succeeded', final_output: 2 },
    charges: [1, 2],
  },
  skip: {
    fates: ['silence'],
    answer: { decision: 'skip', output: '{"number": 7}' },
    run: { status: 'succeeded', final_output: 7 },
    charges: [1, 1],
  },
  fail: {
    fates: ['silence'],
    answer: { decision: 'fail' },
    run: { status: 'failed', steps: [{ status: 'failed' }] },
    charges: [1, 1],
  },
  'fail after a retry of the manifest': {
    fates: ['busy', 'silence'],
    answer: { decision: 'fail' },
    run: { status: 'failed', steps: [{ status: 'failed', attempts: 2 }] },
    charges: [2, 2],
  },
};

describe('a POST in flight to an API that ignores keys', () => {
  it('is not repeated before a person says so', { timeout: 60_000 }, async () => {
    const fates = Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, one.fates]));
    await using api = await startForgetfulApi(fates);
    await using state = await openSharedState();
    const source = join(state.home, 'forgetful.yaml');
    await writeFile(source, forgetfulDescription);
    await state.oatty.catalogs.importOpenapi({ source, vendor: 'forgetful', baseUrl: api.url });
    const names = Object.keys(cases);
    const started = await Promise.all(names.map((name) => state.start(aCharge(name))));
    const arrived = () => names.map((name) => api.charges(name).length);
    const before = Object.values(cases).map(({ charges }) => charges[0]);
    await vi.waitFor(() => expect(arrived()).toEqual(before), 20_000);
    await Promise.all(started.map((elsewhere) => elsewhere.kill()));

    state.oatty.runs.takeOver();
    const ends = await Promise.all(
      Object.values(cases).map(async ({ answer }, index) => {
        const runId = started[index]?.runId ?? '';
        const question = await vi.waitFor(async () => {
          const { run, open_questions } = await state.oatty.runs.inspect(runId);
          expect([run.status, open_questions.length]).toEqual(['waiting', 1]);
          return open_questions[0];
        }, 20_000);
        expect(question?.message).toContain('charge');
        return { runId, answer, questionId: question?.question_id };
      }),
    );
    expect(arrived()).toEqual(before);

    for (const { runId, answer, questionId } of ends)
      await state.oatty.runs.respond(runId, answer, questionId);
    const runs = await Promise.all(ends.map(({ runId }) => state.oatty.runs.wait(runId)));
    expect(runs).toMatchObject(Object.values(cases).map(({ run }) => run));
    expect(arrived()).toEqual(Object.values(cases).map(({ charges }) => charges[1]));
    // The same key each time, for an API that would have known it.
    expect(names.map((name) => new Set(api.charges(name)).size)).toEqual(names.map(() => 1));
  });
});

// --- internal ---

function aCharge(name: string): string {
  return `workflow: charge
steps:
  - id: charge
    run: forgetful charges:create
    body: { name: ${name} }
    retry: { max_attempts: 3, delay: 1ms, on: [503] }
final_output: \${{ steps.charge.number }}
`;
}
