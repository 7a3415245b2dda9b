import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';

const data = { to: 'bob@example.com', subject: 'Hello', body: 'How are you?' };
const mail = { integration: 'email', action: 'send', data };

describe.each(databaseKinds)('integrations on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);

  it('are listed with what they can do and take', async () => {
    const world = aTasksWorld();
    const [email] = (await world.call('integrations:list')).integrations;
    expect(email).toMatchObject({
      name: 'email',
      kind: 'email',
      problem: null,
      actions: [{ action: 'send', data: { required: ['to', 'subject', 'body'] } }],
    });
    world.outbox.isSetUp = false;
    expect((await world.call('integrations:list')).integrations).toMatchObject([
      { problem: { error_code: 'ARGUMENT_INVALID', message: 'No mail server is set up.' } },
    ]);
  });

  it('do what they are asked for and tell of it', async () => {
    const world = aTasksWorld();
    const answer = await world.call('integrations:trigger', mail);
    expect(answer).toMatchObject({
      integration: 'email',
      action: 'send',
      status: 'success',
      links: [],
      details: { accepted: ['bob@example.com'], subject: 'Hello' },
      repeated: false,
      attempts: 1,
    });
    expect(world.outbox.mails).toMatchObject([
      { to: ['bob@example.com'], text: 'How are you?', key: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
  });

  it.each([
    ['INTEGRATION_NOT_FOUND', { integration: 'fax' }],
    ['ARGUMENT_INVALID', { action: 'recall' }],
    ['ARGUMENT_INVALID', { data: { ...data, to: 'bob' } }],
    ['ARGUMENT_INVALID', { data: { ...data, to: 'bob@example.com\r\nBcc: eve@example.com' } }],
    ['ARGUMENT_INVALID', { data: { ...data, to: 'a@example.com,b@example.com' } }],
    ['ARGUMENT_INVALID', { data: { ...data, subject: 'Hello\r\nBcc: eve@example.com' } }],
    ['ARGUMENT_INVALID', { data: { ...data, subject: 'x'.repeat(251) } }],
    ['ARGUMENT_INVALID', { data: { ...data, body: 'x'.repeat(100_001) } }],
    ['ARGUMENT_INVALID', { data: { ...data, to: addresses(30), cc: addresses(21) } }],
    ['ARGUMENT_INVALID', { data: { ...data, bcc: 'eve@example.com' } }],
    ['TASK_NOT_FOUND', { task_id: 'nowhere' }],
  ])('refuse with %s what cannot be: %o', async (code, given) => {
    const world = aTasksWorld();
    await expect(world.call('integrations:trigger', { ...mail, ...given })).rejects.toMatchObject({ code });
    expect(world.outbox.keys).toEqual([]);
  });

  it('take fifty recipients at once', async () => {
    const world = aTasksWorld();
    await world.call('integrations:trigger', { ...mail, data: { ...data, to: addresses(50) } });
    expect(world.outbox.mails[0]?.to).toHaveLength(50);
  });

  it('take from a task what is not said', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', {
      title: 'Pay\nrent',
      due: '2026-03-29',
      description: 'Soon',
    });
    const about = { ...mail, task_id: task.task_id, data: { to: 'bob@example.com' } };
    await world.call('integrations:trigger', about);
    await world.call('integrations:trigger', { ...about, data: { ...about.data, subject: 'Rent' } });
    expect(world.outbox.mails).toMatchObject([
      { subject: 'Pay rent', text: 'Pay\nrent\n\nDue: 2026-03-29\n\nSoon' },
      { subject: 'Rent' },
    ]);
    await expect(world.call('integrations:trigger', about, { as: 'bob' })).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
    });
  });

  it('do it once for one key, and give the answer again', async () => {
    const world = aTasksWorld();
    const once = { ...mail, idempotency_key: 'k1' };
    const first = await world.call('integrations:trigger', once);
    const again = await world.call('integrations:trigger', once);
    expect(again).toEqual({ ...first, repeated: true, attempts: 0 });
    await expect(
      world.call('integrations:trigger', { ...once, data: { ...data, subject: 'Other' } }),
    ).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
    await world.call('integrations:trigger', once, { as: 'bob' });
    await world.call('integrations:trigger', mail);
    await world.call('integrations:trigger', mail);
    expect(world.outbox.mails).toHaveLength(4);
    expect(new Set(world.outbox.keys).size).toBe(4);
  });

  it('do it once for one step of a run', async () => {
    const world = aTasksWorld();
    await world.call('integrations:trigger', mail, { key: 'run-1', runId: 'r1' });
    await world.call('integrations:trigger', mail, { key: 'run-1', runId: 'r1' });
    expect(world.outbox.mails).toHaveLength(1);
  });

  it('try again what was not done, with the same key', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = [busy(), busy(2_500)];
    const answer = await world.call('integrations:trigger', mail);
    expect(answer).toMatchObject({ status: 'success', attempts: 3 });
    expect(world.waits).toEqual([1_000, 2_500]);
    expect(world.outbox.mails).toHaveLength(1);
    expect(new Set(world.outbox.keys).size).toBe(1);
  });

  it.each<[string, OattyError[], number]>([
    ['three attempts', [busy(), busy(), busy(), busy()], 3],
    ['a wait of more than twenty seconds', [busy(20_001)], 1],
    ['a refusal', [new OattyError('DELIVERY_REFUSED', 'No such mailbox.')], 1],
  ])('give up after %s, and may be asked again', async (_, troubles, attempts) => {
    const world = aTasksWorld();
    world.outbox.troubles = troubles;
    const failing = world.call('integrations:trigger', { ...mail, idempotency_key: 'k1' });
    await expect(failing).rejects.toMatchObject({
      code: troubles[0]?.code,
      options: { context: { attempts, integration: 'email' } },
    });
    world.outbox.troubles = [];
    expect(await world.call('integrations:trigger', { ...mail, idempotency_key: 'k1' })).toMatchObject({
      repeated: false,
    });
    expect(world.outbox.mails).toHaveLength(1);
  });

  it('leave it to the policy of a run whether to try again', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = [busy()];
    const step = () => world.call('integrations:trigger', mail, { key: 'run-1', runId: 'r1' });
    await expect(step()).rejects.toMatchObject({ code: 'NETWORK_ERROR', retryable: true });
    expect(world.waits).toEqual([]);
    expect(await step()).toMatchObject({ attempts: 1, repeated: false });
    expect(world.outbox.mails).toHaveLength(1);
  });

  it('never do again what may have been done', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = ['unknown'];
    const once = { ...mail, idempotency_key: 'k1' };
    for (let call = 0; call < 2; call++) {
      await expect(world.call('integrations:trigger', once)).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        retryable: false,
      });
    }
    expect(world.outbox.mails).toHaveLength(1);
  });

  it('do not do again what a process was doing when it ended', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = ['process ends'];
    const once = { ...mail, idempotency_key: 'k1' };
    void world.call('integrations:trigger', once);
    await expect.poll(() => world.outbox.keys).toHaveLength(1);
    await expect(world.call('integrations:trigger', once)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(world.outbox.keys).toHaveLength(1);
  });

  it('do it once when two ask for it at the same time', async () => {
    const world = aTasksWorld();
    const once = { ...mail, idempotency_key: 'k1' };
    const calls = Array.from({ length: 10 }, () => world.call('integrations:trigger', once));
    const settled = await Promise.allSettled(calls);
    expect(world.outbox.mails).toHaveLength(1);
    const failures = settled.flatMap((one) =>
      one.status === 'rejected' ? [OattyError.from(one.reason)] : [],
    );
    expect(failures.every(({ code }) => code === 'OUTCOME_UNKNOWN')).toBe(true);
  });

  it('stop trying when the caller goes away', async () => {
    const world = aTasksWorld();
    const leaving = new AbortController();
    leaving.abort(new OattyError('CANCELED', 'Gone.'));
    world.outbox.troubles = [busy()];
    await expect(world.call('integrations:trigger', mail, { signal: leaving.signal })).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
    });
    expect(world.outbox.keys).toHaveLength(1);
  });

  it('are forgotten after thirty days, keys and all', async () => {
    const world = aTasksWorld();
    await world.call('integrations:trigger', { ...mail, idempotency_key: 'k1' });
    world.now = '2026-04-20T09:00:00.000Z';
    await world.call('integrations:trigger', { ...mail, idempotency_key: 'k2' });
    expect(await world.call('integrations:trigger', { ...mail, idempotency_key: 'k1' })).toMatchObject({
      repeated: false,
    });
  });

  it('keep a history of what was sent, newest first', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = [new OattyError('DELIVERY_REFUSED', 'No such mailbox.')];
    await world.call('integrations:trigger', mail, { key: 'run-1', runId: 'r1' }).catch(() => undefined);
    world.now = '2026-03-21T09:00:00.000Z';
    const { delivery_id } = await world.call('integrations:trigger', mail);
    const { deliveries } = await world.call('integrations:history');
    expect(deliveries).toMatchObject([
      { delivery_id, status: 'sent', run_id: null, via: 'library', finished_at: world.now, error: null },
      { status: 'failed', run_id: 'r1', error: { error_code: 'DELIVERY_REFUSED' }, links: [] },
    ]);
    expect((await world.call('integrations:history', { limit: 1 })).deliveries).toHaveLength(1);
    expect((await world.call('integrations:history', { status: 'failed' })).deliveries).toHaveLength(1);
    expect((await world.call('integrations:history', {}, { as: 'bob' })).deliveries).toEqual([]);
  });

  it('are told by a person what became of it', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = ['unknown', 'unknown'];
    const trigger = (key: string) => world.call('integrations:trigger', { ...mail, idempotency_key: key });
    for (const key of ['done', 'not']) {
      world.now = `2026-03-20T09:0${key.length}:00.000Z`;
      await trigger(key).catch(() => undefined);
    }
    const [done, not] = (await world.call('integrations:history', { status: 'unknown' })).deliveries;
    const settle = (id: string | undefined, carriedOut: boolean, as = 'ann') =>
      world.call('integrations:settle', { delivery_id: id, carried_out: carriedOut }, { as });
    await expect(settle(done?.delivery_id, true, 'bob')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await settle(done?.delivery_id, true);
    await settle(not?.delivery_id, false);
    expect(await trigger('done')).toMatchObject({ repeated: true });
    expect(await trigger('not')).toMatchObject({ repeated: false });
    expect(world.outbox.keys).toHaveLength(3);
    await expect(settle(done?.delivery_id, false)).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
  });

  it('are not told of what may still be under way', async () => {
    const world = aTasksWorld();
    world.outbox.troubles = ['process ends'];
    void world.call('integrations:trigger', { ...mail, idempotency_key: 'k1' });
    await expect.poll(() => world.outbox.keys).toHaveLength(1);
    const [under] = (await world.call('integrations:history')).deliveries;
    const settle = { delivery_id: under?.delivery_id, carried_out: false };
    await expect(world.call('integrations:settle', settle)).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
    world.now = '2026-03-20T09:02:00.001Z';
    expect(await world.call('integrations:settle', settle)).toMatchObject({ status: 'failed' });
  });
});

// --- internal ---

function busy(retryAfterMs?: number): OattyError {
  return new OattyError('NETWORK_ERROR', 'Busy.', {
    context: { kind: 'busy', ...(retryAfterMs !== undefined && { retry_after_ms: retryAfterMs }) },
  });
}

function addresses(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `user${index}@example.com`);
}
