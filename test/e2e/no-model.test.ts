/** The tasks are business rules alone: no model is asked, nor anybody else who was not set up. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startMailServer } from '../../packages/runtime/test/a-mail-server.ts';
import { startCalendar, startJira, startService, startSlack } from '../../packages/runtime/test/a-service.ts';

const program = fileURLToPath(new URL('children/whole-catalog.ts', import.meta.url));

it('runs the whole catalog of tasks with every address but the configured ones refused', async () => {
  const home = await mkdtemp(join(tmpdir(), 'oatty-no-model-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const mailServer = await startMailServer();
  const hook = await startService(() => ({ status: 204 }));
  const [jira, slack, calendar] = [await startJira(), await startSlack(), await startCalendar()];
  const services = [hook, jira, slack, calendar];
  const allowed = [`127.0.0.1:${mailServer.port}`, ...services.map(({ url }) => new URL(url).host)];
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@oatty/source', program], {
    env: {
      REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
      OATTY_SECRETS_BACKEND: 'env',
      OATTY_LOCAL_ROLE: 'admin',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(mailServer.port),
      SMTP_FROM_EMAIL: 'tasks@oatty.example',
      HOOK: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      HOOK_URL: hook.url,
      JIRA_URL: jira.url,
      SLACK_URL: slack.url,
      CALENDAR_URL: calendar.url,
      ALLOWED: allowed.join(' '),
    },
  });
  const { commands, ran, tools, called, asked } = JSON.parse(stdout) as Record<string, readonly string[]>;
  expect(new Set(ran)).toEqual(new Set(commands));
  expect(called).toEqual(tools);
  expect(new Set(asked)).toEqual(new Set(allowed));
  expect(mailServer.mails).toHaveLength(1);
  expect(services.map(({ requests }) => requests.length)).toEqual([1, 1, 4, 1]); // Slack twice, and where to find it
});

it('would notice who is asked besides', async () => {
  const guard = new URL('children/guard-addresses.ts', import.meta.url);
  const script = `import { asked } from '${guard.href}';
    await fetch('http://model.example/').catch(() => {});
    const { createSocket } = await import('node:dgram');
    try { createSocket('udp4').send('?', 53, '127.0.0.1'); } catch {}
    const { execFile } = await import('node:child_process');
    try { execFile('curl', ['http://model.example/']); } catch {}
    console.log(JSON.stringify(asked));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(JSON.parse(stdout)).toEqual(['model.example:80', 'a datagram', 'a program']);
});
