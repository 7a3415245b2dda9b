import { describe, expect, it } from 'vitest';
import { createMemoryRunStore } from '@oatty/engine';
import { countCalls, openAt, openShop } from './open-oatty.ts';
import { collect } from './collect.ts';

const slow = { manifest: { workflow: 'slow', steps: [{ id: 'wait', run: 'shop slow:list' }] } };

describe('closing oatty', () => {
  it('lets go of a run without ending it, and says so to those who wait', async () => {
    const store = createMemoryRunStore();
    const errors: unknown[] = [];
    const { oatty, shop } = await openShop({ store, onBackgroundError: (error) => errors.push(error) });
    const handle = await oatty.runs.start({ workflow: slow });
    const waiting = handle.wait();
    const events = collect(handle.events());
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);

    await Promise.all([oatty.close(), expect(waiting).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' })]);

    expect((await events).map(({ type }) => type)).not.toContain('run_finished');
    await expect.poll(() => shop.calls()[0]?.outcome).toBe('aborted');
    expect((await store.getRun(handle.run_id))?.status).toBe('running');
    expect(errors).toEqual([]);
  });

  it('leaves runs that another oatty can cancel', async () => {
    const store = createMemoryRunStore();
    const { oatty, home, shop } = await openShop({ store });
    const handle = await oatty.runs.start({ workflow: slow });
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);
    await oatty.close();
    const other = await openAt(home, { store });
    expect(await other.runs.cancel(handle.run_id)).toMatchObject({ status: 'canceled' });
  });

  it('cancels single commands', async () => {
    const { oatty, shop } = await openShop();
    const running = oatty.commands.run('shop slow:list', { signal: new AbortController().signal });
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);
    await Promise.all([
      oatty.close(),
      expect(running).rejects.toMatchObject({ code: 'CANCELED', message: 'oatty was closed.' }),
    ]);
  });

  it('can be done twice, and before anything was opened', async () => {
    const { oatty } = await openShop();
    await oatty.close();
    await oatty.close();
    await expect(oatty.runs.start({ workflow: slow })).rejects.toMatchObject({ code: 'CANCELED' });
    expect((await oatty.runs.list()).items).toEqual([]);
  });
});
