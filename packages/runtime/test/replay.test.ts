import { describe, expect, it } from 'vitest';
import { createWorkbench } from './a-workbench.ts';
import { openOatty } from './open-oatty.ts';

const child = {
  workflow: 'child',
  inputs: { n: {} },
  steps: [{ id: 'one', run: 'bench echo', with: { text: 'child ${{ inputs.n }}' } }],
  final_output: '${{ steps.one.text }}',
};

/** Something of everything. */
const everything = {
  workflow: 'everything',
  inputs: { pin: { secret: true } },
  max_parallel: 2,
  steps: [
    { id: 'say', run: 'bench echo', with: { text: 'pin ${{ inputs.pin }}' } },
    { id: 'poll', run: 'bench poll', repeat: { until: 'steps.poll.n >= 3', every: '10ms' } },
    { id: 'flaky', run: 'bench flaky', retry: { max_attempts: 4, delay: '10ms' } },
    { id: 'each', run: 'bench echo', for_each: '[1, 2, 3]', concurrency: 2, with: { text: '${{ item }}' } },
    { id: 'sub', run: 'workflow child', with: { n: '${{ steps.poll.n }}' } },
    { id: 'soft', run: 'bench echo', with: { text: '${{ steps.poll.nope }}' }, on_failure: 'continue' },
    { id: 'no', run: 'bench echo', if: 'steps.poll.n > 100', with: { text: 'x' } },
  ],
  final_output: { each: '${{ steps.each }}', sub: '${{ steps.sub }}' },
};

async function recorded(manifest: object, inputs: Readonly<Record<string, unknown>> = {}) {
  const bench = createWorkbench();
  const oatty = await openOatty({ modules: [bench.module] });
  await oatty.workflows.save({ content: JSON.stringify(child) });
  const handle = await oatty.runs.start({ workflow: { manifest: manifest as never }, inputs });
  const run = await handle.wait();
  bench.calls.length = 0;
  return { oatty, bench, run };
}

describe('a replay', () => {
  it('of polls, retries, items, sub-workflows and secrets matches and calls nothing', async () => {
    const { oatty, bench, run } = await recorded(everything, { pin: 'pin-1234' });
    expect(run.status).toBe('succeeded');
    const report = await oatty.runs.replay(run.run_id);
    expect(report.drift).toEqual([]);
    expect(report).toMatchObject({ matches: true, status: { recorded: 'succeeded', replayed: 'succeeded' } });
    expect(report.children).toMatchObject([{ workflow_id: 'child', matches: true }]);
    expect(bench.calls).toEqual([]);
    expect(JSON.stringify(report)).not.toContain('pin-1234');
  });

  it('of a resumed run takes what was kept as it is', async () => {
    const bench = createWorkbench();
    bench.broken.add('drop');
    const oatty = await openOatty({ modules: [bench.module] });
    const steps = [
      { id: 'each', run: 'bench echo', for_each: '["a", "b"]', with: { text: '${{ item }}' } },
      { id: 'drop', run: 'bench drop', depends_on: ['each'] },
      { id: 'last', run: 'bench echo', with: { text: '${{ steps.each[1].text }}' }, depends_on: ['drop'] },
    ];
    const first = await (await oatty.runs.start({ workflow: { manifest: { workflow: 'w', steps } } })).wait();
    bench.broken.clear();
    const second = await (await oatty.runs.resume(first.run_id)).wait();
    bench.calls.length = 0;
    for (const run of [first, second]) {
      expect(await oatty.runs.replay(run.run_id)).toMatchObject({ matches: true, drift: [] });
    }
    expect(bench.calls).toEqual([]);
  });

  it('of a failed run fails in the same way', async () => {
    const bench = createWorkbench();
    bench.broken.add('echo');
    const oatty = await openOatty({ modules: [bench.module] });
    const retry = { max_attempts: 2, delay: '5ms' };
    const manifest = { workflow: 'w', steps: [{ id: 'a', run: 'bench echo', with: { text: 'x' }, retry }] };
    const run = await (await oatty.runs.start({ workflow: { manifest } })).wait();
    bench.broken.clear();
    const report = await oatty.runs.replay(run.run_id);
    expect(report).toMatchObject({ matches: true, status: { recorded: 'failed', replayed: 'failed' } });
  });

  it('takes no time for waits of hours', async () => {
    const steps = [
      { id: 'ok', run: 'oatty approval', with: { message: 'Go?', timeout: '3h', on_timeout: 'reject' } },
      { id: 'a', run: 'bench echo', if: 'steps.ok.choice == "approve"', with: { text: 'x' } },
    ];
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const handle = await oatty.runs.start({ workflow: { manifest: { workflow: 'w', steps } } });
    for await (const event of handle.events()) if (event.type === 'run_waiting') break;
    await oatty.runs.respond(handle.run_id, { choice: 'approve' });
    await handle.wait();
    const report = await oatty.runs.replay(handle.run_id);
    expect(report.drift).toEqual([]);
    expect(report.steps.map(({ replayed }) => replayed)).toEqual(['succeeded', 'succeeded']);
  });

  it('shows another request of an edited manifest, with its place', async () => {
    const manifest = { workflow: 'w', steps: [{ id: 'a', run: 'bench echo', with: { text: 'one' } }] };
    const { oatty, run } = await recorded(manifest);
    const edited = { workflow: 'w', steps: [{ id: 'a', run: 'bench echo', with: { text: 'two' } }] };
    const report = await oatty.runs.replay(run.run_id, { workflow: { manifest: edited } });
    expect(report.matches).toBe(false);
    expect(report.drift).toMatchObject([
      { kind: 'request', step_id: 'a', path: '$.with.text', recorded: 'one', replayed: 'two' },
    ]);
  });

  it('shows another order, and calls that nobody made', async () => {
    const steps = ['a', 'b'].map((id) => ({ id, run: 'bench echo', with: { text: id } }));
    const { oatty, run } = await recorded({ workflow: 'w', steps });
    const more = { id: 'c', run: 'bench echo', with: { text: 'c' }, on_failure: 'continue' as const };
    const edited = { workflow: 'w', steps: [...steps.toReversed(), more] };
    const report = await oatty.runs.replay(run.run_id, { workflow: { manifest: edited } });
    expect(report.drift.map(({ kind, step_id }) => [kind, step_id])).toEqual([
      ['unrecorded', 'c'],
      ['order', undefined],
    ]);
  });

  it('shows another outcome', async () => {
    const steps = [{ id: 'a', run: 'bench echo', with: { text: 'x' } }];
    const { oatty, run } = await recorded({ workflow: 'w', steps, final_output: '${{ steps.a.text }}' });
    const manifest = { workflow: 'w', steps, final_output: '${{ upper(steps.a.text) }}' };
    const report = await oatty.runs.replay(run.run_id, { workflow: { manifest } });
    expect(report.drift).toMatchObject([
      { kind: 'outcome', path: '$.final_output', recorded: 'x', replayed: 'X' },
    ]);
  });

  it('of a canceled run compares what it came to', async () => {
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const manifest = {
      workflow: 'w',
      steps: [
        { id: 'a', run: 'bench echo', with: { text: 'x' } },
        { id: 'ok', run: 'oatty approval', with: { message: 'Go?' } },
        { id: 'b', run: 'bench echo', with: { text: 'y' } },
      ],
    };
    const handle = await oatty.runs.start({ workflow: { manifest } });
    for await (const event of handle.events()) if (event.type === 'run_waiting') break;
    await handle.cancel();
    await handle.wait();
    const report = await oatty.runs.replay(handle.run_id);
    expect(report).toMatchObject({ matches: true, drift: [], status: { recorded: 'canceled' } });
  });
});
