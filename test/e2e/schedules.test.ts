/** Schedules, with several processes that share the state. */
import { describe, expect, it, vi } from 'vitest';
import type { Oatty } from '@oatty/runtime';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { openSharedState } from './shared-state.ts';

const serverUrl = await sharedPostgresUrl();
const times = 6;
const tasks = 8;
const content = `workflow: tick
steps: [{ id: note, run: shop orders:note:update, with: { order: ord_1 }, body: tick }]
`;

describe.concurrent.each([
  { name: 'a state file', server: undefined, isThere: true },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined },
])('three processes that share schedules in $name', ({ server, isThere }) => {
  it.skipIf(!isThere)(
    'start each run once, by time, rule and event, also when one is killed',
    async () => {
      await using state = await openSharedState(server);
      const { oatty } = state;
      await oatty.catalogs.setEnabled('tasks', true);
      await oatty.workflows.save({ content });
      const start = Math.ceil(Date.now() / 1000) + 1;
      const seconds = Array.from({ length: times }, (_, index) => (start + index) % 60);
      const timeZone = 'UTC';
      await oatty.schedules.add({ workflowId: 'tick', cron: `${seconds.join(',')} * * * * *`, timeZone });
      const rule = { rrule: 'FREQ=DAILY;COUNT=1', start: toInstant(start + 2).slice(0, 19), timeZone };
      await oatty.schedules.add({ commandId: 'shop orders:list', scheduleId: 'rule', ...rule });
      const inputs = { task_id: '${{ inputs.event.task.task_id }}', description: 'Seen' };
      await oatty.schedules.add({ commandId: 'tasks update', inputs, event: 'created' });

      const [first] = await Promise.all([state.startDue(), state.startDue(), state.startDue()]);
      await createTasks(oatty, tasks / 2);
      await vi.waitFor(async () => expect((await statuses('tick')).length).toBeGreaterThan(2), 30_000);
      await createTasks(oatty, tasks / 2);
      first?.kill('SIGKILL');

      await vi.waitFor(async () => expect(await lastTime()).toBe(toInstant(start + times - 1)), 30_000);
      await expectSucceeded('tick', times);
      await expectSucceeded('shop-orders-list', 1);
      await expectSucceeded('tasks-update', tasks);
      const { body } = await oatty.commands.run('tasks list', { with: { text: 'Seen', limit: 1 } });
      expect(body).toMatchObject({ total: tasks });

      async function lastTime(): Promise<string | undefined> {
        const { items } = await oatty.schedules.list();
        return items.find(({ schedule_id: id }) => id === 'tick')?.last?.due_at;
      }

      async function expectSucceeded(workflowId: string, count: number): Promise<void> {
        const expected = Array<string>(count).fill('succeeded');
        await vi.waitFor(async () => expect(await statuses(workflowId)).toEqual(expected), 30_000);
      }

      async function statuses(workflowId: string): Promise<readonly string[]> {
        return (await oatty.runs.list({ workflowId })).items.map(({ status }) => status);
      }
    },
    90_000,
  );
});

// --- internal ---

async function createTasks({ commands }: Oatty, count: number): Promise<void> {
  const created = Array.from({ length: count }, (_, index) => ({ title: `Task ${index}` }));
  await commands.run('tasks bulk:create', { with: { tasks: created } });
}

function toInstant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
