import { describe, expect, it } from 'vitest';
import type { Oatty } from '../src/index.ts';
import { createWorkbench } from './a-workbench.ts';
import { openOatty } from './open-oatty.ts';

const manifest = {
  workflow: 'ship',
  inputs: { who: {} },
  steps: [
    { id: 'first', run: 'bench echo', with: { text: '${{ inputs.who }}' } },
    { id: 'drop', run: 'bench drop', depends_on: ['first'] },
    { id: 'last', run: 'bench echo', with: { text: '${{ steps.first.text }}!' }, depends_on: ['drop'] },
  ],
  final_output: '${{ steps.last.text }}',
};

async function failed() {
  const bench = createWorkbench();
  bench.broken.add('drop');
  const oatty = await openOatty({ modules: [bench.module] });
  const run = await (await oatty.runs.start({ workflow: { manifest }, inputs: { who: 'Ann' } })).wait();
  expect(run.status).toBe('failed');
  bench.broken.clear();
  bench.calls.length = 0;
  return { oatty, bench, runId: run.run_id };
}

async function waiting(oatty: Oatty, steps: readonly object[]): Promise<string> {
  const handle = await oatty.runs.start({ workflow: { manifest: { workflow: 'w', steps } as never } });
  for await (const event of handle.events()) if (event.type === 'run_waiting') break;
  return handle.run_id;
}

describe('resuming a run', () => {
  it('shows what it would do before it does', async () => {
    const { oatty, bench, runId } = await failed();
    const plan = await oatty.runs.planResume(runId);
    expect(plan).toMatchObject({ can_resume: true, effect: 'destructive', changed_commands: [] });
    expect(plan.steps.map(({ step_id, action }) => [step_id, action])).toEqual([
      ['first', 'kept'],
      ['drop', 'run_again'],
      ['last', 'run_again'],
    ]);
    expect(plan.doubtful_steps).toEqual(['drop']);
    expect(bench.calls).toEqual([]);
  });

  it('carries on in a new run', async () => {
    const { oatty, bench, runId } = await failed();
    const handle = await oatty.runs.resume(runId);
    expect(await handle.wait()).toMatchObject({
      status: 'succeeded',
      resumed_from: runId,
      final_output: 'Ann!',
    });
    expect(bench.calls).toEqual(['drop', 'echo Ann!']);
  });

  it('needs a confirmation bound to its plan', async () => {
    const { oatty, runId } = await failed();
    const limited = { maxEffect: 'standard' } as const;
    await expect(oatty.runs.resume(runId, limited)).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    const { plan_hash } = await oatty.runs.planResume(runId, { from: 'first' });
    const other = oatty.runs.resume(runId, { ...limited, confirmedPlan: plan_hash });
    await expect(other).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    const handle = await oatty.runs.resume(runId, { ...limited, from: 'first', confirmedPlan: plan_hash });
    expect((await handle.wait()).status).toBe('succeeded');
  });

  it('goes on with an edited manifest', async () => {
    const { oatty, bench, runId } = await failed();
    const [first, , last] = manifest.steps;
    const edited = {
      ...manifest,
      inputs: { who: {}, end: { default: { from: 'literal', value: '?' } } },
      steps: [first, { ...last, with: { text: '${{ steps.first.text }}${{ inputs.end }}' }, depends_on: [] }],
    };
    const workflow = { manifest: edited as never };
    const plan = await oatty.runs.planResume(runId, { workflow });
    expect(plan.steps.map(({ action }) => action)).toEqual(['kept', 'run_again', 'removed']);
    const run = await (await oatty.runs.resume(runId, { workflow })).wait();
    expect(run).toMatchObject({ status: 'succeeded', final_output: 'Ann?' });
    expect(bench.calls).toEqual(['echo Ann?']);
  });

  it('refuses a manifest of another workflow', async () => {
    const { oatty, runId } = await failed();
    const workflow = { manifest: { ...manifest, workflow: 'other' } };
    await expect(oatty.runs.planResume(runId, { workflow })).rejects.toMatchObject({
      code: 'WORKFLOW_IDENTIFIER_MISMATCH',
    });
  });

  it('says what is missing of an edited manifest', async () => {
    const { oatty, runId } = await failed();
    const workflow = { manifest: { ...manifest, inputs: { who: {}, more: {} } } };
    const plan = await oatty.runs.planResume(runId, { workflow });
    expect(plan).toMatchObject({ can_resume: false, problems: ['the input "more" has no value'] });
    await expect(oatty.runs.resume(runId, { workflow })).rejects.toMatchObject({
      code: 'RUN_STATE_CONFLICT',
    });
  });

  it('happens once, also for two at once', async () => {
    const { oatty, bench, runId } = await failed();
    const both = await Promise.allSettled([oatty.runs.resume(runId), oatty.runs.resume(runId)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    for (const result of both) if (result.status === 'fulfilled') await result.value.wait();
    expect(bench.calls).toEqual(['drop', 'echo Ann!']);
  });

  it('is refused for a run that goes on or has nothing left', async () => {
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const steps = [{ id: 'a', run: 'bench echo', with: { text: 'x' } }];
    const done = await (await oatty.runs.start({ workflow: { manifest: { workflow: 'w', steps } } })).wait();
    await expect(oatty.runs.resume(done.run_id)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    const again = await (await oatty.runs.resume(done.run_id, { from: 'a' })).wait();
    expect(again.status).toBe('succeeded');
    await expect(oatty.runs.resume('nobody')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('cancels a waiting run first', async () => {
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const ok = { id: 'ok', run: 'oatty approval', with: { message: 'Go?' } };
    const runId = await waiting(oatty, [{ id: 'a', run: 'bench echo', with: { text: 'x' } }, ok]);
    const handle = await oatty.runs.resume(runId);
    expect((await oatty.runs.get(runId)).status).toBe('canceled');
    for await (const event of handle.events()) if (event.type === 'run_waiting') break;
    await oatty.runs.respond(handle.run_id, { choice: 'approve' });
    expect(await handle.wait()).toMatchObject({ status: 'succeeded', resumed_from: runId });
    expect(bench.calls).toEqual(['echo x']);
  });
});

describe('removing old runs', () => {
  it('leaves what goes on, what is young and what is to be kept', async () => {
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const open = await waiting(oatty, [{ id: 'ok', run: 'oatty approval', with: { message: 'Go?' } }]);
    const steps = [{ id: 'a', run: 'bench echo', with: { text: 'x' } }];
    const workflow = { manifest: { workflow: 'w', steps } };
    const ended: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      ended.push((await (await oatty.runs.start({ workflow })).wait()).run_id);
    }
    const promised = await (await oatty.runs.start({ workflow, ttlMs: 3_600_000 })).wait();
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(await oatty.runs.prune({ olderThanMs: 3_600_000 })).toMatchObject({ removed: 0 });
    expect(await oatty.runs.prune({ keep: 2, preview: true })).toMatchObject({ removed: 2 });
    const { run_ids } = await oatty.runs.prune({ keep: 2 });
    expect(run_ids.toSorted()).toEqual(ended.slice(0, 2).toSorted());
    const { items } = await oatty.runs.list();
    expect(new Set(items.map(({ run_id }) => run_id))).toEqual(new Set([open, ended[2], promised.run_id]));
  });

  it('keeps what a failed run carries on from, so that no step of a sub-workflow runs again', async () => {
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const child = {
      workflow: 'child',
      steps: [
        { id: 'paid', run: 'bench echo', with: { text: 'paid' } },
        { id: 'drop', run: 'bench drop', depends_on: ['paid'] },
      ],
    };
    await oatty.workflows.save({ content: JSON.stringify(child) });
    const steps = [
      { id: 'before', run: 'bench echo', with: { text: 'before' } },
      { id: 'sub', run: 'workflow child', depends_on: ['before'] },
    ];
    bench.broken.add('drop');
    const first = await (await oatty.runs.start({ workflow: { manifest: { workflow: 'w', steps } } })).wait();
    bench.broken.add('echo');
    const second = await (await oatty.runs.resume(first.run_id, { from: 'before' })).wait();
    expect([first.status, second.status]).toEqual(['failed', 'failed']);
    bench.broken.clear();
    bench.calls.length = 0;
    expect(await oatty.runs.prune({ keep: 1 })).toMatchObject({ removed: 0 });
    expect((await (await oatty.runs.resume(second.run_id)).wait()).status).toBe('succeeded');
    expect(bench.calls).toEqual(['echo before', 'drop']);
  });
  it('previews as kept what an open resumption reads', async () => {
    const oatty = await openOatty({ modules: [createWorkbench().module] });
    const source = await waiting(oatty, [{ id: 'ok', run: 'oatty approval', with: { message: 'Go?' } }]);
    const again = await oatty.runs.resume(source); // cancels the source, and waits in its place
    for await (const event of again.events()) if (event.type === 'run_waiting') break;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    const nothing = { removed: 0, kept: 2, run_ids: [] };
    expect(await oatty.runs.prune({ preview: true })).toEqual(nothing);
    expect(await oatty.runs.prune()).toEqual(nothing);
  });

  it('finds runs by the inputs that they got', async () => {
    const bench = createWorkbench();
    const oatty = await openOatty({ modules: [bench.module] });
    const inputs = { a: { optional: true }, b: { optional: true } };
    const steps = [{ id: 's', run: 'bench echo', with: { text: 'x' } }];
    const workflow = { manifest: { workflow: 'w', inputs, steps } };
    const withA = await (await oatty.runs.start({ workflow, inputs: { a: 1 } })).wait();
    await (await oatty.runs.start({ workflow, inputs: { b: 1 } })).wait();
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(await oatty.runs.prune({ inputKeys: ['a'] })).toMatchObject({ run_ids: [withA.run_id], kept: 1 });
  });
});
