import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { openTasksWorlds } from './a-tasks-world.ts';
import type { TasksWorld } from './a-tasks-world.ts';

const aTasksWorld = openTasksWorlds('SQLite');
const hook = { name: 'crm', kind: 'webhook', settings: { url: 'https://crm.example/in', secret: 'CRM' } };

describe('an integration that a user sets up', () => {
  it('is listed, replaced and removed by its owner alone', async () => {
    const world = aTasksWorld();
    expect(await world.call('integrations:add', hook)).toMatchObject({ name: 'crm', problem: null });
    const moved = { ...hook, settings: { url: 'https://crm.example/new', secret: 'CRM' } };
    await world.call('integrations:add', moved);
    expect((await world.call('integrations:list')).integrations).toMatchObject([
      { name: 'email', settings: null },
      { name: 'crm', kind: 'webhook', settings: moved.settings, shared: false },
    ]);
    expect((await world.call('integrations:list', {}, { as: 'bob' })).integrations).toHaveLength(1);
    const asBob = { as: 'bob' };
    await expect(world.call('integrations:remove', { name: 'crm' }, asBob)).rejects.toMatchObject({
      code: 'INTEGRATION_NOT_FOUND',
    });
    await expect(
      world.call('integrations:trigger', { integration: 'crm', action: 'send' }, asBob),
    ).rejects.toMatchObject({ code: 'INTEGRATION_NOT_FOUND' });
    await world.call('integrations:remove', { name: 'crm' });
    expect((await world.call('integrations:list')).integrations).toHaveLength(1);
  });

  it('is triggered by others where it is shared, who see no settings', async () => {
    const world = aTasksWorld();
    const name = 'shared-hook';
    await world.call('integrations:add', { ...hook, name, shared: true });
    const asBob = { as: 'bob' };
    const { integrations } = await world.call('integrations:list', {}, asBob);
    expect(integrations).toMatchObject([{}, { name, settings: null, shared: true }]);
    await world.call('integrations:trigger', { integration: name, action: 'send' }, asBob);
    expect(world.services.events).toMatchObject([{ url: 'https://crm.example/in' }]);
    await world.call(
      'integrations:add',
      { ...hook, name, settings: { url: 'https://bob.example', secret: 'B' } },
      asBob,
    );
    await world.call('integrations:trigger', { integration: name, action: 'send' }, asBob);
    expect(world.services.events[1]).toMatchObject({ url: 'https://bob.example' });
    await world.call('integrations:remove', { name });
  });

  it.each([
    ['over MCP', { via: 'mcp' as const }],
    ['by a step of a run', { runId: 'r1' }],
  ])('is not set up %s', async (_, options) => {
    const world = aTasksWorld();
    await expect(world.call('integrations:add', hook, options)).rejects.toMatchObject({
      code: 'POLICY_DENIED',
    });
  });

  it.each([
    { ...hook, name: 'email' },
    { ...hook, name: 'No Name' },
    { ...hook, kind: 'fax' },
    { ...hook, settings: { url: 'file:///etc/passwd', secret: 'CRM' } },
    { ...hook, settings: { url: 'https://crm.example', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } },
    { ...hook, settings: { ...hook.settings, extra: true } },
    { name: 'jira', kind: 'jira', settings: {} },
  ])('is refused where it cannot be used: %o', async (given) => {
    const world = aTasksWorld();
    await expect(world.call('integrations:add', given)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('tells what keeps it from being used', async () => {
    const world = aTasksWorld();
    world.services.isSetUp = false;
    const added = await world.call('integrations:add', {
      name: 'chat',
      kind: 'slack',
      settings: { channel: '#ops' },
    });
    expect(added).toMatchObject({
      problem: 'There is no slack chat.postMessage:create. Search the commands to find the right id.',
    });
  });
});

describe('a webhook', () => {
  it('gets the task, and the same event on every attempt', async () => {
    const world = aTasksWorld();
    await world.call('integrations:add', hook);
    const { task } = await world.call('create', { title: 'Pay rent' });
    world.services.answers = [failure('NETWORK_ERROR', { kind: 'timeout' })];
    const about = { integration: 'crm', action: 'send', task_id: task.task_id, data: { type: 'task.late' } };
    expect(await world.call('integrations:trigger', about)).toMatchObject({
      attempts: 2,
      details: { type: 'task.late', status: 204 },
    });
    const [first, second] = world.services.events;
    expect(second).toEqual(first);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      type: 'task.late',
      timestamp: '2026-03-20T09:00:00.000Z',
      data: { task_id: task.task_id, title: 'Pay rent' },
    });
  });

  it('may be sent again whatever became of it', async () => {
    const world = aTasksWorld();
    await world.call('integrations:add', hook);
    world.services.answers = Array.from({ length: 3 }, () => failure('HTTP_ERROR', { status: 500 }, true));
    const once = { integration: 'crm', action: 'send', idempotency_key: 'k1' };
    await expect(world.call('integrations:trigger', once)).rejects.toMatchObject({ code: 'HTTP_ERROR' });
    expect(await world.call('integrations:trigger', once)).toMatchObject({ repeated: false });
    expect(new Set(world.services.events.map(({ id }) => id)).size).toBe(1);
  });
});

describe('Jira', () => {
  const issue = { id: '1', key: 'OPS-1', self: 'https://acme.atlassian.net/rest/api/3/issue/1' };

  it('makes one issue of a task, whenever and however often it is asked', async () => {
    const world = await withJira();
    const due = '2026-03-29T23:30:00Z';
    const { task } = await world.call('create', { title: 'Pay\nrent', due, description: 'Soon\n\nNow' });
    world.services.answers = [issue];
    const about = { integration: 'jira', action: 'create_issue', task_id: task.task_id };
    const first = await world.call('integrations:trigger', about, { key: 'run-1', runId: 'r1' });
    expect(first.links).toEqual([{ title: 'OPS-1', url: 'https://acme.atlassian.net/browse/OPS-1' }]);
    world.now = '2026-09-20T09:00:00.000Z';
    await world.call('update', { task_id: task.task_id, title: 'Other' });
    const again = await world.call('integrations:trigger', about, { key: 'run-2', runId: 'r2' });
    expect(again).toMatchObject({ repeated: true, links: first.links });
    expect(world.services.calls).toMatchObject([
      {
        command: 'atlassian rest:api:3:issue:create',
        body: {
          fields: {
            project: { key: 'OPS' },
            issuetype: { name: 'Task' },
            summary: 'Pay rent',
            duedate: '2026-03-29',
            description: {
              type: 'doc',
              content: [
                { type: 'paragraph', content: [{ type: 'text', text: 'Soon' }] },
                { type: 'paragraph', content: [] },
                { type: 'paragraph', content: [{ type: 'text', text: 'Now' }] },
              ],
            },
          },
        },
      },
    ]);
    world.services.answers = [{ ...issue, key: 'OPS-2' }];
    const another = await world.call('integrations:trigger', { ...about, idempotency_key: 'again' });
    expect(another).toMatchObject({ repeated: false, details: { key: 'OPS-2' } });
  });

  it.each([
    ['an outcome that nobody knows', failure('OUTCOME_UNKNOWN', {})],
    ['an answer that names no issue', { hello: 'world' }],
  ])('makes no second issue after %s', async (_, answer) => {
    const world = await withJira();
    const { task } = await world.call('create', { title: 'Pay' });
    world.services.answers = [answer, issue];
    const about = { integration: 'jira', action: 'create_issue', task_id: task.task_id };
    for (let call = 0; call < 2; call++) {
      await expect(world.call('integrations:trigger', about)).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
      });
    }
    expect(world.services.calls).toHaveLength(1);
    const [{ delivery_id } = { delivery_id: '' }] = (await world.call('integrations:history')).deliveries;
    await world.call('integrations:settle', {
      delivery_id,
      carried_out: true,
      url: 'https://acme.atlassian.net/browse/OPS-1',
    });
    expect((await world.call('integrations:trigger', about)).links).toEqual([
      { title: 'jira', url: 'https://acme.atlassian.net/browse/OPS-1' },
    ]);
  });
});

describe('Slack', () => {
  it('posts what was said, calls nobody together, and links the message', async () => {
    const world = await withSlack();
    world.services.answers = [
      { ok: true, channel: 'C1', ts: '1.2' },
      { ok: true, permalink: 'https://acme.slack.com/p1' },
    ];
    const answer = await post(world, { text: '<!channel> a & b' });
    expect(answer).toMatchObject({
      links: [{ title: 'Message', url: 'https://acme.slack.com/p1' }],
      details: { channel: 'C1', ts: '1.2' },
    });
    expect(world.services.calls).toMatchObject([
      { body: { channel: '#ops', text: '&lt;!channel&gt; a &amp; b' } },
      { command: 'slack chat.getPermalink:list', body: { channel: 'C1', message_ts: '1.2' } },
    ]);
  });

  it('has posted also where the address of the message is not told', async () => {
    const world = await withSlack();
    world.services.answers = [{ ok: true, channel: 'C1', ts: '1.2' }, failure('HTTP_ERROR', { status: 500 })];
    expect(await post(world, { text: 'Hello' })).toMatchObject({ status: 'success', links: [] });
  });

  it.each([
    ['channel_not_found', 'DELIVERY_REFUSED'],
    ['fatal_error', 'OUTCOME_UNKNOWN'],
  ])('tells that it answered with %s', async (error, code) => {
    const world = await withSlack();
    world.services.answers = [{ ok: false, error }];
    await expect(post(world, { text: 'Hello' })).rejects.toMatchObject({ code });
    expect(world.services.calls).toHaveLength(1);
  });
});

describe('a calendar', () => {
  it.each([
    [{ start: '2026-03-29' }, { start: { date: '2026-03-29' }, end: { date: '2026-03-30' } }],
    [
      { start: '2026-03-29', end: '2026-03-31' },
      { start: { date: '2026-03-29' }, end: { date: '2026-04-01' } },
    ],
    [
      { start: '2026-03-29T09:00:00Z' },
      { start: { dateTime: '2026-03-29T09:00:00Z' }, end: { dateTime: '2026-03-29T09:45:00.000Z' } },
    ],
  ])('gets an event of %o', async (time, span) => {
    const world = await withCalendar();
    world.services.answers = [{ id: 'x', status: 'confirmed', htmlLink: 'https://calendar.example/x' }];
    const answer = await makeEvent(world, { title: 'Pay', ...time });
    expect(answer.links).toEqual([{ title: 'Event', url: 'https://calendar.example/x' }]);
    expect(world.services.calls).toMatchObject([{ body: { summary: 'Pay', ...span } }]);
  });

  it('shows the event that is there where it was made before', async () => {
    const world = await withCalendar();
    world.services.answers = [
      failure('NETWORK_ERROR', { kind: 'cut_off' }),
      failure('HTTP_ERROR', { status: 409 }),
      { id: 'x', status: 'confirmed', htmlLink: 'https://calendar.example/x' },
    ];
    expect(await makeEvent(world, { title: 'Pay', start: '2026-03-29' })).toMatchObject({ attempts: 2 });
    const [first, second, third] = world.services.calls;
    expect(first?.body).toMatchObject({ id: expect.stringMatching(/^[a-v0-9]{32}$/) });
    expect(second?.body).toEqual(first?.body);
    expect(third?.body).toMatchObject({ eventId: first?.key });
  });

  it.each([
    { start: '2026-03-29', end: '2026-03-28' },
    { start: '2026-03-29', end: '2026-03-29T10:00:00Z' },
    { start: 'soon' },
  ])('gets no event of %o', async (time) => {
    const world = await withCalendar();
    await expect(makeEvent(world, { title: 'Pay', ...time })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});

// --- internal ---

async function withJira(): Promise<TasksWorld> {
  const world = aTasksWorld();
  await world.call('integrations:add', { name: 'jira', kind: 'jira', settings: { project: 'OPS' } });
  return world;
}

async function withSlack(): Promise<TasksWorld> {
  const world = aTasksWorld();
  await world.call('integrations:add', { name: 'chat', kind: 'slack', settings: { channel: '#ops' } });
  return world;
}

function post(world: TasksWorld, data: object) {
  return world.call('integrations:trigger', { integration: 'chat', action: 'post_message', data });
}

async function withCalendar(): Promise<TasksWorld> {
  const world = aTasksWorld();
  await world.call('integrations:add', { name: 'cal', kind: 'calendar', settings: { minutes: 45 } });
  return world;
}

function makeEvent(world: TasksWorld, data: object) {
  return world.call('integrations:trigger', { integration: 'cal', action: 'create_event', data });
}

function failure(
  code: 'NETWORK_ERROR' | 'HTTP_ERROR' | 'OUTCOME_UNKNOWN',
  context: object,
  retryable?: boolean,
) {
  return new OattyError(code, 'It failed.', {
    context: { ...context },
    ...(retryable !== undefined && { retryable }),
  });
}
