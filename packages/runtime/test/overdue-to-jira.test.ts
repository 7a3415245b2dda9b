/** The example `workflows/tasks/overdue_to_jira.yaml`, run day after day over the same tasks. */
import { expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { startMailServer } from './a-mail-server.ts';
import { startJira } from './a-service.ts';
import { openOatty } from './open-oatty.ts';

const example = new URL('../../../workflows/tasks/overdue_to_jira.yaml', import.meta.url);

it('overdue tasks become issues once, and what is new is mailed', async () => {
  const jira = await startJira();
  const { port, mails } = await startMailServer();
  const oatty = await openOatty({
    env: { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(port), SMTP_FROM_EMAIL: 'tasks@example.com' },
  });
  await oatty.catalogs.setEnabled('tasks', true);
  await oatty.catalogs.importOpenapi({ source: 'oatty:jira', baseUrl: jira.url });
  await oatty.catalogs.setAuth('jira', 'basic', { username: 'ada@acme.example', password: 'token' });
  const settings = { project: 'OPS' };
  await oatty.commands.run('tasks integrations:add', { with: { name: 'jira', kind: 'jira', settings } });
  const create = (title: string, due: string) => oatty.commands.run('tasks create', { with: { title, due } });
  await create('Pay', '2020-01-01');
  await create('Send', '2020-01-02');
  await create('Sleep', '2999-01-01');
  const run = async () => {
    const workflow = { manifest: await readFile(example, 'utf8') };
    return (await oatty.runs.start({ workflow, inputs: { to: 'ann@example.com' } })).wait();
  };

  jira.troubles = [{ status: 429, headers: { 'retry-after': '0' }, body: {} }];
  expect(await run()).toMatchObject({
    status: 'succeeded',
    final_output: { overdue: 2, made: 2, issues: ['OPS-1', 'OPS-2'] },
  });
  await create('Call', '2020-01-03');
  expect(await run()).toMatchObject({
    status: 'succeeded',
    final_output: { overdue: 3, made: 1, issues: ['OPS-1', 'OPS-2', 'OPS-3'] },
  });
  expect(await run()).toMatchObject({
    status: 'succeeded',
    final_output: { made: 0, issues: ['OPS-1', 'OPS-2', 'OPS-3'] },
  });
  expect(jira.requests).toHaveLength(4); // one of them was told to come back
  expect(mails).toHaveLength(2);
  expect(mails[0]?.text).toContain('Subject: 2 of 2 overdue tasks are in Jira');
  expect(mails[0]?.text).toMatch(/^new http:\/\/127\.0\.0\.1:\d+\/browse\/OPS-1\r?$/m);
  expect(mails[1]?.text).toMatch(/^new http:\/\/127\.0\.0\.1:\d+\/browse\/OPS-3\r?$/m);
});
