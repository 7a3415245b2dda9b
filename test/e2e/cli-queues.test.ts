/** Queues and workers, from a shell. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { errorOf, openShopCommandLines, outcomeOf } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

it('runs are left in line, and a worker carries them', async () => {
  await using oatty = await shops.open();
  await oatty.run('workflow', 'save', 'workflows/daily_check.yaml');
  const leave = ['run', 'daily_check', '--detach', '--queue', 'slow', '--priority', '2', '--dedup-key', 'k'];
  const { document: first } = await oatty.binary.json(...leave);
  expect(first).toEqual({ run_id: expect.any(String), status: 'pending' });
  const again = await oatty.binary.run(...leave);
  expect(again.stdout).toBe(`${first.run_id}\n`);
  expect(again.stderr).toContain('has this key already');
  const { stdout, stderr } = await oatty.binary.run('run', 'daily_check', '--detach', '--queue', 'slow');
  expect(stderr).toBe(
    `In line in queue slow, with 1 other run
No worker serves it: oatty worker --queue slow
Watch it with: oatty runs watch ${stdout.trim()}
`,
  );
  const { stdout: listed } = await oatty.run('runs', 'list', '--queue', 'slow');
  expect(listed.match(/pending .* daily_check \(queue slow\)/g)).toHaveLength(2);

  const worker = oatty.start({}, 'worker', '--queue', 'slow', '--concurrency', '1', '--json');
  const ending = outcomeOf(worker);
  await vi.waitFor(
    async () => {
      const { document } = await oatty.json('runs', 'list', '--status', 'succeeded');
      expect(document.items).toHaveLength(2);
    },
    { timeout: 20_000, interval: 500 },
  );
  worker.kill('SIGTERM');
  const outcome = await ending;
  expect([outcome.exitCode, JSON.parse(outcome.stdout)]).toEqual([
    0,
    { claimed: 2, succeeded: 2, failed: 0, canceled: 0 },
  ]);
  const lines = outcome.stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly event: string; readonly run_id?: string });
  expect(lines.map(({ event }) => event)).toEqual(['serving', 'claimed', 'rests', 'claimed', 'rests']);
  expect(lines[1]?.run_id).toBe(first.run_id);
});

it('runs begin as often as the command line lets them', async () => {
  await using oatty = await shops.open();
  await oatty.run('workflow', 'save', 'workflows/daily_check.yaml');
  const leave = ['run', 'daily_check', '--detach', '--queue', 'rare', '--queue-rate', '1/1h'];
  const ids: string[] = [];
  for (const limits of [
    ['--queue-concurrency', '1'],
    ['--queue-worker-concurrency', '1'],
  ]) {
    ids.push((await oatty.binary.json(...leave, ...limits)).document.run_id);
  }
  const worker = oatty.start({}, 'worker', '--queue', 'rare', '--json');
  const ending = outcomeOf(worker);
  const statuses = async () => {
    const { document } = await oatty.json('runs', 'list', '--queue', 'rare');
    return Object.fromEntries(
      document.items.map(({ run_id, status }: { run_id: string; status: string }) => [run_id, status]),
    );
  };
  const first = { [ids[0] ?? '']: 'succeeded', [ids[1] ?? '']: 'pending' };
  await vi.waitFor(async () => expect(await statuses()).toEqual(first), { timeout: 20_000, interval: 300 });
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // long enough for a look or two
  expect(await statuses()).toEqual(first);
  worker.kill('SIGTERM');
  expect(JSON.parse((await ending).stdout)).toMatchObject({ claimed: 1, succeeded: 1 });
});

it('a run with a queue is carried at once where nobody else is', async () => {
  await using oatty = await shops.open();
  await oatty.run('workflow', 'save', 'workflows/daily_check.yaml');
  const { exitCode, document } = await oatty.binary.json('run', 'daily_check', '--queue', 'slow');
  expect([exitCode, document.status, document.queue]).toEqual([0, 'succeeded', 'slow']);
});

it('wrong options of queues are wrong usage', async () => {
  await using oatty = await shops.open();
  for (const args of [
    ['run', 'workflows/daily_check.yaml', '--queue', 'two words'],
    ['run', 'workflows/daily_check.yaml', '--queue', 'q', '--priority', 'high'],
    ['run', 'workflows/daily_check.yaml', '--priority', '1', '--detach'],
    ['run', 'workflows/daily_check.yaml', '--queue-worker-concurrency', '1'],
    ['run', 'workflows/daily_check.yaml', '--queue', 'q', '--queue-rate', '1/often'],
    ['worker', '--concurrency', '0'],
    ['worker', '--queue', 'two words'],
  ]) {
    const outcome = await oatty.json(...args);
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
  }
});
