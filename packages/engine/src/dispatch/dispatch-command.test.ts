import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { CommandArguments, PolicyDecision } from '@oatty/types';
import type { AuditSink } from '../ports/policy.ts';
import { aParameter } from '../testing/builders.ts';
import { createFakeApi, httpError } from '../testing/fake-api.ts';
import type { Answer, FakeRoute } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createRecordingAudit } from '../testing/recording-audit.ts';
import { createDispatcher } from './dispatch-command.ts';
import type { DispatchOptions } from './dispatch-command.ts';

describe('dispatching a command', () => {
  it('gives what the executor of its kind gives', async () => {
    const door = aDoor({ 'shop orders:get': (call) => ({ id: call.arguments.with['id'] }) });
    const result = await door.call('shop orders:get', { with: { id: 7 } });
    expect(result).toEqual({ status: 200, headers: {}, body: { id: 7 } });
  });

  it('hands arguments, key, bounds and caller to the executor', async () => {
    const door = aDoor({ 'shop orders:get': () => null });
    const step = { runId: 'r', rootRunId: 'r', path: ['a#1'], stepId: 'a', poll: 1, attempt: 1 };
    await door.call(
      'shop orders:get',
      { with: { id: 1 }, body: { a: 1 } },
      {
        idempotencyKey: 'k',
        timeoutMs: 5,
        maxPages: 2,
        secrets: new Set(['s3cret']),
        step,
      },
    );
    expect(door.api.calls[0]).toMatchObject({
      arguments: { with: { id: 1 }, body: { a: 1 } },
      caller: { principal: 'local', via: 'cli' },
      idempotencyKey: 'k',
      timeoutMs: 5,
      maxPages: 2,
      secrets: new Set(['s3cret']),
      step,
    });
  });

  it('offers the nearest ids for a command that is not there', async () => {
    const door = aDoor({ 'shop orders:get': () => null });
    await expect(door.call('shop order:get')).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
      suggestedAction: 'Did you mean "shop orders:get"?',
    });
  });

  it('tells how to enable the catalog of a disabled command', async () => {
    const door = aDoor({ 'shop orders:get': { answer: () => null, catalog: { enabled: false } } });
    await expect(door.call('shop orders:get')).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
      suggestedAction: 'Enable the catalog: oatty catalog enable shop-api',
    });
    expect(door.api.calls).toEqual([]);
  });

  it('names every mistake in the arguments at once', async () => {
    const parameters = [
      aParameter('order', { required: true }),
      aParameter('size', { schema: { type: 'integer' }, in: 'body' }),
    ];
    const door = aDoor({ 'shop orders:add': { answer: () => null, command: { parameters } } });
    const error = await door.failure('shop orders:add', { with: { size: 'big', colour: 'red' } });
    expect(error.code).toBe('ARGUMENT_INVALID');
    expect(error.options.violations).toMatchObject([
      { path: '$.with.size', rule: 'parameter_type', actual: 'string' },
      { path: '$.with.colour', rule: 'parameter_unknown' },
      { path: '$.with.order', rule: 'parameter_missing' },
    ]);
    expect(door.api.calls).toEqual([]);
  });

  it('shows no value of an argument when a secret may be in it', async () => {
    const parameters = [aParameter('size', { schema: { type: 'integer' }, in: 'body' })];
    const door = aDoor({ 'shop orders:add': { answer: () => null, command: { parameters } } });
    const secret = `${'x'.repeat(90)}-the-rest`;
    const error = await door.failure(
      'shop orders:add',
      { with: { size: secret } },
      { secrets: new Set([secret]) },
    );
    expect(JSON.stringify(error.toPayload())).not.toContain('xxx');
  });

  it('leaves the values of a workflow to its inputs, and checks their names', async () => {
    const parameters = [aParameter('size', { schema: { type: 'integer' }, in: 'body' })];
    const execution = { kind: 'workflow', workflow_id: 'pack' } as const;
    const door = aDoor({ 'workflow pack': { answer: () => null, command: { parameters, execution } } });
    await door.call('workflow pack', { with: { size: '3' } });
    expect(door.api.calls[0]?.arguments.with).toEqual({ size: '3' });
    const error = await door.failure('workflow pack', { with: { sise: 3 } });
    expect(error.options.violations).toMatchObject([{ path: '$.with.sise', rule: 'parameter_unknown' }]);
  });

  it('converts texts only when it is asked to', async () => {
    const parameters = [aParameter('size', { schema: { type: 'integer' }, in: 'body' })];
    const door = aDoor({ 'shop orders:add': { answer: () => null, command: { parameters } } });
    expect((await door.failure('shop orders:add', { with: { size: '3' } })).code).toBe('ARGUMENT_INVALID');
    await door.call('shop orders:add', { with: { size: '3' } }, { coerce: true });
    expect(door.api.calls[0]?.arguments.with).toEqual({ size: 3 });
  });

  it('refuses what the policy denies', async () => {
    const door = aDoor({ 'shop orders:get': () => null }, { kind: 'deny', reason: 'closed on Sundays' });
    await expect(door.call('shop orders:get')).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    expect(door.api.calls).toEqual([]);
  });

  it('asks the policy about caller, command, effect and step', async () => {
    const questions: unknown[] = [];
    const api = createFakeApi({ 'shop orders:delete': { method: 'DELETE', answer: () => null } });
    const dispatcher = createDispatcher({
      ...api,
      audit: createRecordingAudit(),
      clock: createHandClock(),
      policy: {
        async decide(question) {
          questions.push(question);
          return { kind: 'allow' };
        },
      },
    });
    const step = { runId: 'r', rootRunId: 'r', path: ['a#1'], stepId: 'a', poll: 1, attempt: 1 };
    await dispatcher.dispatch('shop orders:delete', { with: {} }, { ...options, step });
    expect(questions).toEqual([
      {
        caller: options.caller,
        command_id: 'shop orders:delete',
        effect: 'destructive',
        run_id: 'r',
        step_id: 'a',
      },
    ]);
  });

  it('waits for the agreement of a person where the policy asks', async () => {
    const door = aDoor({ 'shop orders:get': () => 1 }, { kind: 'ask', reason: 'it costs money' });
    await expect(door.call('shop orders:get')).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    const result = await door.call('shop orders:get', { with: {} }, { confirmed: true });
    expect(result.body).toBe(1);
  });

  it('asks nobody about a call that could not be made', async () => {
    const door = aDoor({ 'shop orders:get': () => 1 }, { kind: 'ask', reason: 'it costs money' });
    await expect(door.call('shop orders:get', { with: { nope: 1 } })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });

  it('refuses a command that does more than the caller takes on', async () => {
    const door = aDoor({
      'shop orders:get': () => 1,
      'shop orders:add': { method: 'POST', answer: () => 2 },
      'shop orders:delete': { method: 'DELETE', answer: () => 3 },
    });
    const none = { with: {} };
    expect((await door.call('shop orders:get', none, { maxEffect: 'safe' })).body).toBe(1);
    expect((await door.call('shop orders:add', none, { maxEffect: 'standard' })).body).toBe(2);
    const error = await door.failure('shop orders:delete', none, { maxEffect: 'standard' });
    expect(error.code).toBe('ARGUMENT_INVALID');
    expect(error.options.context).toMatchObject({ effect: 'destructive', max_effect: 'standard' });
  });

  it('takes secrets out of the result', async () => {
    const door = aDoor({ 'shop orders:get': () => ({ echo: 'token=s3cret!' }) });
    const result = await door.call('shop orders:get', { with: {} }, { secrets: new Set(['s3cret!']) });
    expect(result.body).toEqual({ echo: 'token=[secret]' });
  });

  it('takes secrets out of an error and keeps its code and correlation id', async () => {
    const original = httpError(401, { header: 'Bearer s3cret!' });
    const door = aDoor({
      'shop orders:get': () => {
        throw original;
      },
    });
    const error = await door.failure('shop orders:get', { with: {} }, { secrets: new Set(['s3cret!']) });
    expect(error.toPayload()).toMatchObject({
      error_code: 'HTTP_ERROR',
      command: 'shop orders:get',
      correlation_id: original.correlationId,
      context: { status: 401, header: 'Bearer [secret]' },
      response_payload: { status: 401 },
    });
  });

  it('keeps the text of an unforeseen exception to itself', async () => {
    const door = aDoor({
      'shop orders:get': () => {
        throw new TypeError('undefined is not /home/me');
      },
    });
    const error = await door.failure('shop orders:get');
    expect(error.code).toBe('INTERNAL');
    expect(JSON.stringify(error.toPayload())).not.toContain('/home/me');
  });

  it('ends at once with the reason of its signal, also when the executor does not listen', async () => {
    const door = aDoor({ 'shop orders:get': () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = door.failure('shop orders:get', { with: {} }, { signal: controller.signal });
    await door.clock.settle();
    controller.abort(new OattyError('STEP_TIMEOUT', 'Too slow.'));
    expect((await call).code).toBe('STEP_TIMEOUT');
  });

  it('calls nothing when it was canceled before', async () => {
    const door = aDoor({ 'shop orders:get': () => 1 });
    const error = await door.failure('shop orders:get', { with: {} }, { signal: AbortSignal.abort() });
    expect(error.code).toBe('CANCELED');
    expect(door.api.calls).toEqual([]);
  });

  it('refuses a result that is larger than the limit', async () => {
    const door = aDoor({ 'shop orders:get': () => 'é'.repeat(600) });
    const error = await door.failure('shop orders:get');
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.options.context).toMatchObject({ limit: 'maxOutputBytes', maximum: 1_000 });
    const other = aDoor({ 'shop orders:get': () => 'é'.repeat(400) });
    expect((await other.call('shop orders:get')).body).toHaveLength(400);
  });

  it('gives plain JSON whatever a module gives', async () => {
    const execution = { kind: 'module', handler: 'now' } as const;
    const odd = { at: new Date(0), nothing: undefined, list: new Set([1]) };
    const door = aDoor({ 'clock now': { answer: () => odd, command: { execution } } });
    expect((await door.call('clock now')).body).toEqual({ at: '1970-01-01T00:00:00.000Z', list: {} });
  });

  it('refuses what is no JSON at all', async () => {
    const execution = { kind: 'module', handler: 'now' } as const;
    const door = aDoor({ 'clock now': { answer: () => 10n, command: { execution } } });
    expect((await door.failure('clock now')).code).toBe('RESPONSE_INVALID');
  });
});

describe('the audit trail', () => {
  it('tells of a call that succeeded', async () => {
    const door = aDoor({
      'shop orders:add': {
        method: 'POST',
        answer: async () => {
          await door.clock.sleep(250, new AbortController().signal);
        },
      },
    });
    await door.clock.play(door.call('shop orders:add'));
    expect(door.audit.events).toEqual([
      {
        at: '2026-01-01T00:00:00.000Z',
        caller: { principal: 'local', via: 'cli' },
        command_id: 'shop orders:add',
        effect: 'standard',
        decision: 'allow',
        outcome: 'succeeded',
        status: 200,
        duration_ms: 250,
      },
    ]);
  });

  it('tells of calls that failed, were refused or were canceled', async () => {
    const door = aDoor({
      'shop fail': () => {
        throw httpError(503);
      },
      'shop get': () => 1,
    });
    await door.failure('shop fail');
    await door.failure('shop get', { with: { nope: 1 } });
    await door.failure('shop get', { with: {} }, { signal: AbortSignal.abort() });
    await door.failure('shop none');
    const facts = door.audit.events.map(({ outcome, error_code, status, decision }) => {
      return [outcome, error_code, status, decision];
    });
    expect(facts).toEqual([
      ['failed', 'HTTP_ERROR', 503, 'allow'],
      ['refused', 'ARGUMENT_INVALID', undefined, 'allow'],
      ['canceled', 'CANCELED', undefined, 'allow'],
      ['refused', 'COMMAND_NOT_FOUND', undefined, 'deny'],
    ]);
  });

  it('names the run and the step that made the call', async () => {
    const door = aDoor({ 'shop get': () => 1 });
    const step = { runId: 'r', rootRunId: 'r', path: ['a#1'], stepId: 'a', poll: 1, attempt: 1 };
    await door.call('shop get', { with: {} }, { step });
    expect(door.audit.events[0]).toMatchObject({ run_id: 'r', step_id: 'a' });
  });

  it('fails no call when it cannot be written', async () => {
    const broken: AuditSink = {
      async record() {
        throw new Error('disk full');
      },
    };
    const door = aDoor({ 'shop get': () => 1 }, { kind: 'allow' }, broken);
    expect((await door.call('shop get')).body).toBe(1);
  });
});

const options: DispatchOptions = {
  caller: { principal: 'local', via: 'cli' },
  signal: new AbortController().signal,
};

function aDoor(
  routes: Readonly<Record<string, Answer | FakeRoute>>,
  decision: PolicyDecision = { kind: 'allow' },
  sink?: AuditSink,
) {
  const api = createFakeApi(routes);
  const clock = createHandClock();
  const audit = createRecordingAudit();
  const policy = { decide: async () => decision };
  const limits = { maxOutputBytes: 1_000 };
  const dispatcher = createDispatcher({ ...api, policy, audit: sink ?? audit, clock, limits });
  const call = (id: string, given: CommandArguments = { with: {} }, more: Partial<DispatchOptions> = {}) => {
    return dispatcher.dispatch(id, given, { ...options, ...more });
  };
  const failure = async (...args: Parameters<typeof call>): Promise<OattyError> => {
    const outcome = await call(...args).catch((error: unknown) => error);
    if (outcome instanceof OattyError) return outcome;
    throw new Error('The call did not fail.');
  };
  return { api, audit, clock, call, failure };
}
