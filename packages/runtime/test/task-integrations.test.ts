import { Webhook } from 'standardwebhooks';
import type { Caller } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import type { Oatty, OattyOptions } from '../src/index.ts';
import { startMailServer } from './a-mail-server.ts';
import { startCalendar, startJira, startService, startSlack } from './a-service.ts';
import type { Service } from './a-service.ts';
import { openOatty } from './open-oatty.ts';

describe('e-mail', () => {
  it('goes through the server that the settings name', async () => {
    const { port, mails } = await startMailServer();
    const oatty = await openTasks({
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(port),
      SMTP_FROM_EMAIL: 'tasks@oatty.example',
      SMTP_USER: 'ada',
      SMTP_PASSWORD: 'correct horse',
    });
    const data = { to: 'ann@example.com', subject: 'Hello', body: 'How are you?' };
    expect(await trigger(oatty, 'email', 'send', { data })).toMatchObject({
      status: 'success',
      details: { accepted: ['ann@example.com'] },
    });
    expect(mails).toMatchObject([{ from: 'tasks@oatty.example', to: ['ann@example.com'] }]);
  });

  it('goes nowhere that a person has not named when a model asks, and says what to do', async () => {
    const { port, mails } = await startMailServer();
    const settings = {
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(port),
      SMTP_FROM_EMAIL: 'tasks@oatty.example',
    };
    const model = { principal: 'local', via: 'mcp' } as const;
    const unset = await openTasks(settings);
    await trigger(unset, 'email', 'send', aMail('ann@oatty.example'), model);
    await expect(trigger(unset, 'email', 'send', aMail('eve@evil.example'), model)).rejects.toMatchObject({
      code: 'POLICY_DENIED',
      message: 'Mail may not be sent to "eve@evil.example".',
      suggestedAction: expect.stringContaining('SMTP_RECIPIENTS'),
    });
    const { body } = await unset.commands.run('tasks integrations:history', { caller: model });
    expect(body).toMatchObject({
      deliveries: [{ status: 'failed', error: { error_code: 'POLICY_DENIED' } }, { status: 'sent' }],
    });
    const set = await openTasks({ ...settings, SMTP_RECIPIENTS: 'acme.example' });
    await trigger(set, 'email', 'send', aMail('bob@acme.example'), { ...model, principal: 'bob' });
    expect(mails.map(({ to }) => to)).toEqual([['ann@oatty.example'], ['bob@acme.example']]);
  });

  it('is told to be of no use to somebody for whom no recipient is named', async () => {
    const oatty = await openTasks({ SMTP_HOST: '127.0.0.1', SMTP_FROM_EMAIL: 'tasks@oatty.example' });
    const caller = { principal: 'bob', via: 'mcp' } as const;
    const { body } = await oatty.commands.run('tasks integrations:list', { caller });
    expect(body).toMatchObject({
      integrations: [{ name: 'email', problem: { error_code: 'POLICY_DENIED' } }],
    });
  });

  it('says which setting of the mail server is missing', async () => {
    const oatty = await openTasks({ SMTP_HOST: 'mail.example' });
    const { body } = await oatty.commands.run('tasks integrations:list');
    expect(body).toMatchObject({
      integrations: [{ name: 'email', problem: { message: 'The setting SMTP_FROM_EMAIL is no address.' } }],
    });
  });
});

describe('a webhook', () => {
  const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

  it('is signed as its receiver expects, at each attempt with the same id', async () => {
    const receiver = await startService(() => ({ status: 204 }));
    const oatty = await openTasks({ HOOK: secret });
    await addHook(oatty, receiver);
    receiver.troubles = [{ status: 503, headers: { 'retry-after': '0' }, body: {} }];
    const data = { type: 'task.late', data: { title: 'Pay' } };
    expect(await trigger(oatty, 'hook', 'send', { data })).toMatchObject({ attempts: 2 });
    const bodies = receiver.requests.map(({ text, headers }) =>
      new Webhook(secret).verify(text, headers as Record<string, string>),
    );
    expect(bodies).toMatchObject([data, data]);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('goes nowhere else, and shows its secret to nobody', async () => {
    const elsewhere = await startService(() => ({}));
    const receiver = await startService(() => ({ status: 307, headers: { location: elsewhere.url } }));
    const oatty = await openTasks({ HOOK: secret });
    await addHook(oatty, receiver);
    await expect(trigger(oatty, 'hook', 'send')).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    expect(elsewhere.requests).toEqual([]);
    receiver.troubles = [{ status: 400, body: { got: secret } }];
    await expect(trigger(oatty, 'hook', 'send')).rejects.toMatchObject({
      code: 'HTTP_ERROR',
      options: { responsePayload: { body: { got: '[secret]' } } },
    });
  });

  it.each([
    ['http://169.254.169.254/latest', secret, 'ADDRESS_NOT_ALLOWED'],
    ['http://127.0.0.1:1/', 'whsec_c2hvcnQ=', 'ARGUMENT_INVALID'],
    ['http://127.0.0.1:1/', '', 'ARGUMENT_INVALID'],
  ])('is not sent to %s with %j', async (url, HOOK, code) => {
    const oatty = await openTasks({ HOOK });
    await addHook(oatty, { url });
    await expect(trigger(oatty, 'hook', 'send')).rejects.toMatchObject({ code });
  });
});

describe('Jira', () => {
  it('makes an issue through its imported description, and links it', async () => {
    const jira = await startJira();
    const oatty = await withJira(jira);
    expect(await trigger(oatty, 'jira', 'create_issue', { data: { title: 'Pay' } })).toMatchObject({
      links: [{ title: 'OPS-1', url: `${jira.url}/browse/OPS-1` }],
    });
    expect(JSON.parse(jira.requests[0]?.text ?? '')).toEqual({
      fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'Pay' },
    });
  });

  it('is asked again after 429, when it says, and told nothing twice after a cut', async () => {
    const jira = await startJira();
    const oatty = await withJira(jira);
    jira.troubles = [{ status: 429, headers: { 'retry-after': '0' }, body: {} }];
    const once = { data: { title: 'Pay' }, idempotency_key: 'k1' };
    expect(await trigger(oatty, 'jira', 'create_issue', once)).toMatchObject({ attempts: 2 });
    jira.troubles = ['cut'];
    for (const key of ['k2', 'k2']) {
      await expect(
        trigger(oatty, 'jira', 'create_issue', { ...once, idempotency_key: key }),
      ).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    }
    expect(jira.requests).toHaveLength(3);
  });

  it.each([
    [{ status: 400, body: { errorMessages: ['No.'] } }, 'HTTP_ERROR'],
    [{ status: 500, body: {} }, 'OUTCOME_UNKNOWN'],
    [{ status: 201, body: 'Created' }, 'OUTCOME_UNKNOWN'],
  ])('tells what became of it when it answers %o', async (answer, code) => {
    const jira = await startJira();
    const oatty = await withJira(jira);
    jira.troubles = [answer];
    await expect(trigger(oatty, 'jira', 'create_issue', { data: { title: 'Pay' } })).rejects.toMatchObject({
      code,
    });
    expect(jira.requests).toHaveLength(1);
  });

  it('is asked nothing that the policy denies to the caller', async () => {
    const jira = await startJira();
    const policy = { decide: denyAtlassian };
    const oatty = await withJira(jira, { policy });
    await expect(trigger(oatty, 'jira', 'create_issue', { data: { title: 'Pay' } })).rejects.toMatchObject({
      code: 'POLICY_DENIED',
    });
    expect(jira.requests).toEqual([]);
  });
});

describe('Slack and Google Calendar', () => {
  it('are called through their imported descriptions, and link what was made', async () => {
    const slack = await startSlack();
    const calendar = await startCalendar();
    const oatty = await openTasks({});
    await importDescription(oatty, 'slack', `${slack.url}/api`);
    await oatty.catalogs.setAuth('slack', 'bot', { value: 'xoxb-1' });
    await importDescription(oatty, 'google-calendar', `${calendar.url}/calendar/v3`);
    await oatty.catalogs.setAuth('google-calendar', 'bearer', { value: 'ya29' });
    const add = (name: string, kind: string, settings: object) =>
      oatty.commands.run('tasks integrations:add', { with: { name, kind, settings } });
    await add('chat', 'slack', { channel: '#ops' });
    await add('cal', 'calendar', {});

    const link = 'https://acme.slack.com/archives/C1/p1503435956.000247';
    expect(await trigger(oatty, 'chat', 'post_message', { data: { text: 'Hello' } })).toMatchObject({
      links: [{ url: link }],
    });
    const elsewhere = { data: { text: 'Hello', channel: '#nowhere' } };
    await expect(trigger(oatty, 'chat', 'post_message', elsewhere)).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
    });

    calendar.troubles = ['cut'];
    const event = { data: { title: 'Pay', start: '2026-03-29' } };
    expect(await trigger(oatty, 'cal', 'create_event', event)).toMatchObject({
      attempts: 2,
      links: [{ title: 'Event', url: expect.stringContaining('https://www.google.com/calendar/event?eid=') }],
    });
    expect(calendar.requests[0]).toMatchObject({ path: '/calendar/v3/calendars/primary/events' });
  });
});

// --- internal ---

async function denyAtlassian({ command_id }: { readonly command_id: string }) {
  return command_id.startsWith('atlassian ')
    ? { kind: 'deny' as const, reason: 'Not from here.' }
    : { kind: 'allow' as const };
}

function addHook(oatty: Oatty, { url }: Pick<Service, 'url'>) {
  const settings = { url, secret: 'HOOK' };
  return oatty.commands.run('tasks integrations:add', {
    with: { name: 'hook', kind: 'webhook', settings },
  });
}

async function openTasks(env: Readonly<Record<string, string>>, options: OattyOptions = {}): Promise<Oatty> {
  const oatty = await openOatty({ ...options, env });
  await oatty.catalogs.setEnabled('tasks', true);
  return oatty;
}

async function withJira(jira: Service, options?: OattyOptions): Promise<Oatty> {
  const oatty = await openTasks({}, options);
  await importDescription(oatty, 'jira', jira.url);
  await oatty.catalogs.setAuth('jira', 'basic', { username: 'ada@acme.example', password: 'token' });
  await oatty.commands.run('tasks integrations:add', {
    with: { name: 'jira', kind: 'jira', settings: { project: 'OPS' } },
  });
  return oatty;
}

async function importDescription(oatty: Oatty, name: string, baseUrl: string): Promise<void> {
  await oatty.catalogs.importOpenapi({ source: `oatty:${name}`, baseUrl });
}

function aMail(to: string): object {
  return { data: { to, subject: 'Hello', body: 'All there is.' } };
}

async function trigger(
  oatty: Oatty,
  integration: string,
  action: string,
  given: object = {},
  caller: Caller = { principal: 'local', via: 'library' },
): Promise<unknown> {
  const { body } = await oatty.commands.run('tasks integrations:trigger', {
    caller,
    with: { integration, action, ...given },
  });
  return body;
}
