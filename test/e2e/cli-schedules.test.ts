/** `oatty schedule`: runs at times to come, from a shell. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { errorOf, openShopCommandLines } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

it('a schedule is added, listed, paused, resumed and removed', async () => {
  await using oatty = await shops.open();
  await oatty.run('workflow', 'save', 'workflows/daily_check.yaml');
  const add = ['schedule', 'add', 'daily_check', '--cron', '30 9 * * 1-5', '--time-zone', 'Europe/Berlin'];
  const { exitCode, document } = await oatty.binary.json(...add, '--id', 'morning', '--missed', 'latest');
  expect([exitCode, document.schedule_id, document.missed, document.status]).toEqual([
    0,
    'morning',
    'latest',
    'active',
  ]);
  const { stdout } = await oatty.binary.run('schedule', 'list');
  expect(stdout.split('\n')[1]?.split(/ {2,}/)).toEqual([
    'morning',
    'daily_check',
    'local',
    '30 9 * * 1-5 Europe/Berlin',
    document.next_at,
  ]);
  const asked = errorOf(await oatty.json('workflow', 'delete', 'daily_check'));
  expect(asked.message).toContain('which the schedule morning would fail without?');
  expect((await oatty.binary.run('schedule', 'pause', 'morning')).stdout).toBe(
    'Schedule morning is paused\n',
  );
  expect((await oatty.binary.json('schedule', 'resume', 'morning')).document).toEqual(document);
  expect((await oatty.binary.json('schedule', 'remove', 'morning')).document).toEqual({
    removed: true,
    schedule_id: 'morning',
  });
  expect((await oatty.json('schedule', 'list')).document).toEqual({ items: [] });
});

it('a command is planned for the user, and one that removes something after a question', async () => {
  await using oatty = await shops.open();
  await oatty.binary.run('catalog', 'enable', 'tasks');
  const plan = ['tasks', 'schedules:create', 'shop orders:delete', '--inputs', '{"order":"ord_1"}'];
  const rule = ['--rrule', 'FREQ=YEARLY;BYMONTH=12;BYHOUR=9', '--start', '2998-12-24', '--time_zone', 'UTC'];
  expect(errorOf(await oatty.json(...plan, ...rule)).error_code).toBe('CONFIRMATION_REQUIRED');
  await oatty.binary.run('--yes', ...plan, ...rule);
  const { stdout } = await oatty.run('schedule', 'list');
  expect(stdout.split('\n')[1]?.split(/ {2,}/).slice(1, 5)).toEqual([
    'shop orders:delete',
    'local',
    'FREQ=YEARLY;BYMONTH=12;BYHOUR=9 UTC',
    '2998-12-24T09:00:00.000Z',
  ]);
});

it('wrong times, a wrong queue, and schedules that are not there are wrong usage', async () => {
  await using oatty = await shops.open();
  await oatty.run('workflow', 'save', 'workflows/daily_check.yaml');
  for (const [code, ...args] of [
    ['ARGUMENT_INVALID', 'schedule', 'add', 'daily_check'],
    ['ARGUMENT_INVALID', 'schedule', 'add', 'daily_check', '--cron', 'sometimes'],
    ['ARGUMENT_INVALID', 'schedule', 'add', 'daily_check', '--cron', '@daily', '--missed', 'never'],
    ['ARGUMENT_INVALID', 'schedule', 'add', 'daily_check', '--cron', '@daily', '--queue', 'two words'],
    ['WORKFLOW_NOT_FOUND', 'schedule', 'add', 'nothing', '--cron', '@daily'],
    ['SCHEDULE_NOT_FOUND', 'schedule', 'pause', 'nothing'],
  ] as const) {
    const outcome = await oatty.json(...args);
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, code]);
  }
});

it('an MCP server starts what is due', async () => {
  await using oatty = await shops.open();
  await oatty.run('workflow', 'save', 'workflows/daily_check.yaml');
  const server = oatty.start({}, 'mcp');
  const at = new Date(Date.now() + 3_000).toISOString();
  await oatty.json('schedule', 'add', 'daily_check', '--at', at);
  const isStarted = async () => {
    const { document } = await oatty.json('schedule', 'list');
    expect(document.items).toMatchObject([
      { status: 'ended', last: { due_at: at, run_id: expect.any(String) } },
    ]);
  };
  await vi.waitFor(isStarted, { timeout: 20_000, interval: 500 });
  server.stdin.end();
});
