/** Schedules, with several processes that share the state. */
import { describe, expect, it, vi } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { openSharedState } from './shared-state.ts';

const serverUrl = await sharedPostgresUrl();
const times = 6;
const content = `workflow: tick
steps: [{ id: note, run: shop orders:note:update, with: { order: ord_1 }, body: tick }]
`;

describe.each([
  { name: 'a state file', server: undefined, isThere: true },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined },
])('three processes that share a schedule in $name', ({ server, isThere }) => {
  it.skipIf(!isThere)(
    'start each run once, also when one is killed',
    async () => {
      await using state = await openSharedState(server);
      const { oatty } = state;
      await oatty.workflows.save({ content });
      const start = Math.ceil(Date.now() / 1000) + 1;
      const seconds = Array.from({ length: times }, (_, index) => (start + index) % 60);
      await oatty.schedules.add({
        workflowId: 'tick',
        cron: `${seconds.join(',')} * * * * *`,
        timeZone: 'UTC',
      });
      const [first] = await Promise.all([state.startDue(), state.startDue(), state.startDue()]);
      await vi.waitFor(async () => expect((await ticks()).length).toBeGreaterThan(2), 30_000);
      first?.kill('SIGKILL');
      const end = new Date((start + times - 1) * 1000).toISOString();
      await vi.waitFor(async () => expect(await lastTime()).toBe(end), 30_000);
      await vi.waitFor(async () => expect(await ticks()).toEqual(Array(times).fill('succeeded')), 30_000);

      async function lastTime(): Promise<string | undefined> {
        return (await oatty.schedules.list()).items[0]?.last?.due_at;
      }

      async function ticks(): Promise<readonly string[]> {
        return (await oatty.runs.list({ workflowId: 'tick' })).items.map(({ status }) => status);
      }
    },
    90_000,
  );
});
