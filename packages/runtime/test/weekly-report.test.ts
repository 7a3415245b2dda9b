/** The example `workflows/tasks/weekly_report.yaml`, from the plan to the mail. */
import { expect, it, onTestFinished } from 'vitest';
import { createHandClock } from '@oatty/engine/testing';
import { readFile } from 'node:fs/promises';
import { createCatalogs } from '../src/catalogs/create-catalogs.ts';
import { createCommands } from '../src/commands/create-commands.ts';
import { createRuns } from '../src/runs/create-runs.ts';
import { fireSchedule } from '../src/schedules/fire-schedule.ts';
import { createWorld } from '../src/world.ts';
import { startMailServer } from './a-mail-server.ts';
import { aHome } from './open-oatty.ts';

const example = new URL('../../../workflows/tasks/weekly_report.yaml', import.meta.url);

it('a weekly report is mailed on Monday, once, with the figures of the week', async () => {
  const { port, mails } = await startMailServer();
  const { dir, env } = await aHome();
  const settings = {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(port),
    SMTP_FROM_EMAIL: 'tasks@oatty.example',
    SMTP_RECIPIENTS: 'ann@example.com',
  };
  const clock = createHandClock();
  const world = Object.assign(createWorld({ env: { ...env, ...settings }, cwd: dir }), { clock });
  onTestFinished(async () => {
    world.closing.abort();
    await (await world.runner.opened())?.suspend();
    await (await world.journal.opened())?.close();
  });
  const until = (instant: string) => clock.advance(Date.parse(instant) - clock.now().getTime());
  const commands = createCommands(world);
  await createCatalogs(world).setEnabled('tasks', true);
  await world.workflowStore.save({ content: await readFile(example, 'utf8') });

  await until('2026-03-24T10:00:00Z');
  const tasks = [
    { title: 'Write' },
    { title: 'Send', status: 'completed' },
    { title: 'Pay', due: '2026-03-25' },
  ];
  await commands.run('tasks bulk:create', { with: { tasks } });
  const time_zone = 'Europe/Berlin';
  const rrule = 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0';
  const inputs = { to: 'ann@example.com', time_zone };
  const plan = { run: 'workflow weekly_report', inputs, rrule, time_zone };
  const { body } = await commands.run('tasks schedules:create', { with: plan });
  // Clocks are put forward the night before.
  expect(body).toMatchObject({ schedule: { next: expect.arrayContaining(['2026-03-30T09:00:00+02:00']) } });

  await until('2026-03-30T07:00:00Z');
  const runs = createRuns(world);
  const [schedule] = await (await world.schedules()).listDueSchedules(clock.now().toISOString(), 1);
  if (schedule === undefined) throw new TypeError('Nothing is due.');
  await Promise.all([fireSchedule(world, runs, schedule), fireSchedule(world, runs, schedule)]);
  const [started] = (await runs.list()).items;
  expect(await runs.wait(started?.run_id ?? '')).toMatchObject({
    workflow_id: 'weekly_report',
    status: 'succeeded',
    final_output: { from: '2026-03-23', to: '2026-03-29', overdue: 1, accepted: ['ann@example.com'] },
  });
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain('Subject: Tasks from 2026-03-23 to 2026-03-29');
  expect(mails[0]?.text).toMatch(/^created: 3\r?$/m);
  expect(mails[0]?.text).toMatch(/^Overdue: 1\r?\n2026-03-25 Pay\r?$/m);
});
