import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineCatalog, defineCommand } from '../src/index.ts';
import { createMemoryRunStore } from '@oatty/engine';
import { countCalls, openShop } from './open-oatty.ts';
import { collect } from './collect.ts';
import type { ShopWorld } from './open-oatty.ts';

const read = (more = '') => ({
  manifest: `
workflow: read
inputs:
  order_id: { type: string, description: Which order., validate: { pattern: '^ord_' } }
steps: [{ id: order, run: shop orders:info, with: { order: '\${{ inputs.order_id }}' } }]
final_output: \${{ steps.order.status }}
${more}`,
});
const slow = { manifest: { workflow: 'slow', steps: [{ id: 'wait', run: 'shop slow:list' }] } };
const drop = {
  manifest: {
    workflow: 'drop',
    steps: [{ id: 'drop', run: 'shop orders:delete', with: { order: 'ord_1' } }],
  },
};
const ordOne = { order_id: 'ord_1' };

async function expectNothingStarted({ oatty, shop }: ShopWorld): Promise<void> {
  expect((await oatty.runs.list()).items).toEqual([]);
  expect(shop.calls()).toEqual([]);
}

describe('a run', () => {
  it('gives a document with inputs, steps and the final output', async () => {
    const { oatty } = await openShop();
    const handle = await oatty.runs.start({ workflow: read(), inputs: ordOne });
    const run = await handle.wait();
    expect(run).toEqual({
      run_id: handle.run_id,
      workflow_id: 'read',
      status: 'succeeded',
      inputs: ordOne,
      steps: [
        expect.objectContaining({
          id: 'order',
          status: 'succeeded',
          attempts: 1,
          output: expect.objectContaining({ id: 'ord_1' }),
        }),
      ],
      final_output: 'open',
      created_at: expect.any(String),
      started_at: expect.any(String),
      finished_at: expect.any(String),
      duration_ms: expect.any(Number),
    });
    expect(await oatty.runs.get(handle.run_id)).toEqual(run);
    expect(await oatty.runs.wait(handle.run_id)).toEqual(run);
  });

  it('tells its events from the first one on, at any time, with numbers without gaps', async () => {
    const { oatty } = await openShop();
    const handle = await oatty.runs.start({ workflow: read(), inputs: ordOne });
    const live = await collect(handle.events());
    expect(live.map(({ type }) => type)).toEqual([
      'run_started',
      'step_started',
      'step_attempt',
      'step_finished',
      'run_finished',
    ]);
    expect(live.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await collect(oatty.runs.events(handle.run_id))).toEqual(live);
    expect(await collect(oatty.runs.events(handle.run_id, 3))).toEqual(live.slice(3));
  });

  it('fails with the error of its step, without an exception', async () => {
    const { oatty } = await openShop();
    const run = await (await oatty.runs.start({ workflow: read(), inputs: { order_id: 'ord_99' } })).wait();
    expect(run).toMatchObject({
      status: 'failed',
      final_output: null,
      error: { error_code: 'HTTP_ERROR', step_id: 'order', response_payload: { status: 404 } },
    });
  });

  it('goes on beside others without mixing them up', async () => {
    const { oatty } = await openShop();
    const ids = ['ord_1', 'ord_3', 'ord_4', 'ord_2'];
    const handles = await Promise.all(
      ids.map((id) => oatty.runs.start({ workflow: read(), inputs: { order_id: id } })),
    );
    const runs = await Promise.all(handles.map((handle) => handle.wait()));
    expect(runs.map(({ inputs, final_output }) => [inputs['order_id'], final_output])).toEqual([
      ['ord_1', 'open'],
      ['ord_3', 'paid'],
      ['ord_4', 'shipped'],
      ['ord_2', 'open'],
    ]);
  });

  it('is not found under an id that nobody has', async () => {
    const { oatty } = await openShop();
    const unknown = { code: 'RUN_NOT_FOUND' };
    const { runs } = oatty;
    const uses = [
      () => runs.get('nope'),
      () => runs.wait('nope'),
      () => runs.cancel('nope'),
      () => runs.inspect('nope'),
      () => runs.respond('nope', {}),
    ];
    for (const use of uses) await expect(use()).rejects.toMatchObject(unknown);
    await expect(collect(runs.events('nope'))).rejects.toMatchObject(unknown);
  });
});

describe('starting a run', () => {
  it('needs every required input, and says what there is to choose from', async () => {
    const world = await openShop();
    const manifest = read().manifest.replace(
      'type: string,',
      'type: string, provider: shop orders:list, select: { value_field: id },',
    );
    await expect(world.oatty.runs.start({ workflow: { manifest } })).rejects.toMatchObject({
      code: 'WORKFLOW_INPUTS_INCOMPLETE',
      options: {
        context: { workflow_id: 'read', missing: ['order_id'] },
        violations: [
          {
            path: '$.inputs.order_id',
            rule: 'required',
            message: expect.stringContaining('Which order.'),
            suggestion: expect.stringContaining('"ord_1", "ord_2"'),
          },
        ],
      },
    });
    expect((await world.oatty.runs.list()).items).toEqual([]);
  });

  it('refuses wrong inputs and broken manifests before anything is written', async () => {
    const world = await openShop();
    const { runs } = world.oatty;
    await expect(runs.start({ workflow: read(), inputs: { order_id: 'x' } })).rejects.toMatchObject({
      code: 'WORKFLOW_INPUT_VALIDATION_FAILED',
    });
    await expect(runs.start({ workflow: read('timeot: 5s'), inputs: ordOne })).rejects.toMatchObject({
      code: 'WORKFLOW_VALIDATION_FAILED',
      options: { violations: [{ rule: 'unknown_key' }] },
    });
    await expect(runs.start({ workflow: { manifest: 'steps: [{' } })).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
    });
    await expect(runs.start({ workflow: { workflowId: 'nope' } })).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_FOUND',
    });
    await expectNothingStarted(world);
  });

  it('that may do less than its steps needs the confirmation of this very plan', async () => {
    const world = await openShop();
    const { runs, workflows } = world.oatty;
    const start = { workflow: drop, maxEffect: 'standard' } as const;
    const { plan_hash } = await workflows.stepPlan(drop);
    const refusal = {
      code: 'CONFIRMATION_REQUIRED',
      options: { context: { plan_hash, effect: 'destructive', steps: ['drop'], workflow_id: 'drop' } },
    };
    await expect(runs.start(start)).rejects.toMatchObject(refusal);
    await expect(runs.start({ ...start, confirmedPlan: 'f'.repeat(64) })).rejects.toMatchObject(refusal);
    await expectNothingStarted(world);

    const handle = await runs.start({ ...start, confirmedPlan: plan_hash });
    expect(await handle.wait()).toMatchObject({ status: 'succeeded' });
  });

  it('needs no confirmation for steps that are decided not to run', async () => {
    const { oatty } = await openShop();
    const manifest = {
      ...drop.manifest,
      steps: drop.manifest.steps.map((step) => ({ ...step, if: '1 > 2' })),
    };
    const handle = await oatty.runs.start({ workflow: { manifest }, maxEffect: 'safe' });
    expect(await handle.wait()).toMatchObject({ status: 'succeeded', steps: [{ status: 'skipped' }] });
  });

  it('with a signal that has aborted writes nothing', async () => {
    const world = await openShop();
    await expect(
      world.oatty.runs.start({ workflow: slow, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({
      code: 'CANCELED',
    });
    await expectNothingStarted(world);
  });
});

describe('canceling a run', () => {
  it('aborts what is in flight, and the server sees it', async () => {
    const { oatty, shop } = await openShop();
    const handle = await oatty.runs.start({ workflow: slow });
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);
    expect(await oatty.runs.cancel(handle.run_id)).toEqual({ run_id: handle.run_id, status: 'canceled' });
    expect(await handle.wait()).toMatchObject({ status: 'canceled', steps: [{ status: 'canceled' }] });
    await expect.poll(() => shop.calls()[0]?.outcome).toBe('aborted');
    await expect(handle.cancel()).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
  });

  it('happens when the signal of its start aborts', async () => {
    const { oatty, shop } = await openShop();
    const stop = new AbortController();
    const handle = await oatty.runs.start({ workflow: slow, signal: stop.signal });
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);
    stop.abort();
    expect(await handle.wait()).toMatchObject({ status: 'canceled' });
  });

  it('happens to a run that waits for an answer, too', async () => {
    const { oatty } = await openShop();
    const stop = new AbortController();
    const handle = await oatty.runs.start({ workflow: read(), ask: true, signal: stop.signal });
    await expect.poll(async () => (await oatty.runs.get(handle.run_id)).status).toBe('waiting');
    stop.abort();
    expect(await handle.wait()).toMatchObject({ status: 'canceled', steps: [{ status: 'skipped' }] });
  });

  it('takes sub-workflows along', async () => {
    const { oatty, shop } = await openShop();
    await oatty.workflows.save({ content: slow.manifest });
    const manifest = { workflow: 'outer', steps: [{ id: 'inner', run: 'workflow slow' }] };
    const handle = await oatty.runs.start({ workflow: { manifest } });
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);
    await handle.cancel();
    expect(await handle.wait()).toMatchObject({ status: 'canceled' });
    await expect.poll(() => shop.calls()[0]?.outcome).toBe('aborted');
  });

  it('is not what happens when somebody stops waiting', async () => {
    const { oatty } = await openShop();
    const handle = await oatty.runs.start({ workflow: read(), ask: true });
    await expect.poll(async () => (await oatty.runs.get(handle.run_id)).status).toBe('waiting');
    const stop = new AbortController();
    const waiting = oatty.runs.wait(handle.run_id, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELED' });
    await oatty.runs.respond(handle.run_id, ordOne);
    expect(await handle.wait()).toMatchObject({ status: 'succeeded' });
  });
});

describe('a sub-workflow', () => {
  it('fails its step with its own error', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: read().manifest });
    const manifest = {
      workflow: 'outer',
      steps: [{ id: 'inner', run: 'workflow read', with: { order_id: 'ord_99' } }],
    };
    const run = await (await oatty.runs.start({ workflow: { manifest } })).wait();
    expect(run).toMatchObject({
      status: 'failed',
      error: { error_code: 'HTTP_ERROR', step_id: 'inner', context: { status: 404, child_step_id: 'order' } },
    });
  });

  it('has its inputs checked before it starts', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: read().manifest });
    const manifest = {
      workflow: 'outer',
      steps: [{ id: 'inner', run: 'workflow read', with: { order_id: 'x' } }],
    };
    const run = await (await oatty.runs.start({ workflow: { manifest } })).wait();
    expect(run).toMatchObject({
      status: 'failed',
      error: { error_code: 'WORKFLOW_INPUT_VALIDATION_FAILED', step_id: 'inner' },
    });
  });

  it('that was changed after its parent had started does no more than that was started for', async () => {
    const gate = Promise.withResolvers<void>();
    const wait = defineCommand({
      summary: 'Waits for the test.',
      effect: 'safe',
      input: z.object({}),
      handler: () => gate.promise,
    });
    const { oatty, shop } = await openShop({
      modules: [defineCatalog({ title: 'Gate', commands: { wait } })],
    });
    const inner = { workflow: 'inner', steps: [{ id: 'up', run: 'shop health:list' }] };
    await oatty.workflows.save({ content: inner });
    const manifest = {
      workflow: 'outer',
      steps: [
        { id: 'first', run: 'gate wait' },
        { id: 'inner', run: 'workflow inner', depends_on: ['first'] },
      ],
    };
    const handle = await oatty.runs.start({ workflow: { manifest }, maxEffect: 'standard' });
    await oatty.workflows.save({ content: { ...inner, steps: drop.manifest.steps }, overwrite: true });
    gate.resolve();
    expect(await handle.wait()).toMatchObject({ status: 'failed', error: { step_id: 'inner' } });
    expect(shop.calls()).toEqual([]);
  });

  it('is found by runs that start at the same time as others', async () => {
    const { oatty } = await openShop();
    const names = ['a', 'b', 'c', 'd'];
    for (const workflow of names) {
      await oatty.workflows.save({ content: { workflow, steps: [{ id: 'up', run: 'shop health:list' }] } });
    }
    const handles = names.map((name) => {
      const manifest = { workflow: `outer_${name}`, steps: [{ id: 'inner', run: `workflow ${name}` }] };
      return oatty.runs.start({ workflow: { manifest } });
    });
    const runs = await Promise.all((await Promise.all(handles)).map((handle) => handle.wait()));
    expect(runs.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
  });

  it('counts with its effect', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: drop.manifest });
    const manifest = { workflow: 'outer', steps: [{ id: 'inner', run: 'workflow drop' }] };
    await expect(oatty.runs.start({ workflow: { manifest }, maxEffect: 'standard' })).rejects.toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      options: { context: { steps: ['inner'] } },
    });
  });
});

describe('the list of runs', () => {
  it('is newest first, in pages, by status, workflow and principal', async () => {
    const { oatty } = await openShop();
    const start = async (principal: string, order_id: string, ttlMs?: number) => {
      const options = { caller: { principal, via: 'mcp' } as const, inputs: { order_id } };
      const handle = await oatty.runs.start({
        workflow: read(),
        ...options,
        ...(ttlMs !== undefined && { ttlMs }),
      });
      await handle.wait();
      return handle.run_id;
    };
    const first = await start('ada', 'ord_1');
    const second = await start('bo', 'ord_99', 60_000);
    const third = await start('ada', 'ord_2');
    const idsOf = async (query: Parameters<typeof oatty.runs.list>[0]) =>
      (await oatty.runs.list(query)).items.map(({ run_id }) => run_id);

    expect((await idsOf({})).toSorted()).toEqual([first, second, third].toSorted());
    expect(await idsOf({ principal: 'bo' })).toEqual([second]);
    expect(await idsOf({ status: 'failed' })).toEqual([second]);
    expect(await idsOf({ withTtl: true })).toEqual([second]);
    expect(await idsOf({ workflowId: 'other' })).toEqual([]);
    const page = await oatty.runs.list({ limit: 2 });
    const cursor = page.next_cursor ?? '';
    expect([...page.items.map(({ run_id }) => run_id), ...(await idsOf({ cursor }))]).toEqual(
      await idsOf({}),
    );
    await expect(oatty.runs.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});

describe('an inspection', () => {
  it('shows a run with its caller and its time to live, to nobody else', async () => {
    const { oatty } = await openShop();
    const caller = { principal: 'ada', via: 'mcp' } as const;
    const handle = await oatty.runs.start({ workflow: read(), inputs: ordOne, caller, ttlMs: null });
    const run = await handle.wait();
    expect(await oatty.runs.inspect(handle.run_id, 'ada')).toEqual({
      run,
      caller,
      open_questions: [],
      updated_at: run.finished_at,
      ttl_ms: null,
    });
    await expect(oatty.runs.inspect(handle.run_id, 'bo')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});

describe('a journal that cannot be written', () => {
  it('is told to whoever listens for what goes wrong in the background', async () => {
    const errors: unknown[] = [];
    const broken = new Proxy(createMemoryRunStore(), {
      get(store, name) {
        if (name === 'changeRun') return () => Promise.reject(new Error('disk full'));
        const value: unknown = Reflect.get(store, name);
        return typeof value === 'function' ? (value.bind(store) as unknown) : value;
      },
    });
    const { oatty } = await openShop({ store: broken, onBackgroundError: (error) => errors.push(error) });
    await oatty.runs.start({ workflow: read(), inputs: ordOne });
    await expect.poll(() => errors).toMatchObject([{ code: 'INTERNAL' }]);
  });
});
