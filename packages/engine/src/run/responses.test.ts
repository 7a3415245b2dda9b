import { describe, expect, it } from 'vitest';
import type { Step, Workflow } from '@oatty/types';
import { replayRun } from '../replay/replay-run.ts';
import { planResume } from '../resume/plan-resume.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError, networkError } from '../testing/fake-api.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { responseLimits, toStepResponse } from './step-response.ts';

describe('the response of a step', () => {
  it('can be read by other steps and by the final output', async () => {
    const { run, engine } = await runOf(
      [
        aStep('add', 'shop add'),
        aStep('look', 'shop get', {
          if: 'responses.add.status == 201',
          with: { id: '${{ responses.add.headers.location }}' },
        }),
        aStep('no', 'shop get', { if: 'responses.add.status == 200' }),
      ],
      { final_output: '${{ responses.add.headers["etag"] }}' },
    );
    expect(run).toMatchObject({ status: 'succeeded', final_output: 'W/"7"' });
    expect(run.steps.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'skipped']);
    expect(engine.api.calls[1]?.arguments.with).toEqual({ id: '/orders/o1' });
  });

  it('is kept only where an expression reads it, without cookies', async () => {
    const { run } = await runOf([
      aStep('add', 'shop add'),
      aStep('other', 'shop add'),
      aStep('look', 'shop get', { with: { n: '${{ responses.add.status }}' } }),
    ]);
    expect(run.steps[0]?.response).toEqual({
      status: 201,
      headers: { location: '/orders/o1', etag: 'W/"7"' },
    });
    expect(run.steps[1]).not.toHaveProperty('response');
  });

  it('makes a step wait for the one that it reads', async () => {
    const { engine } = await runOf([
      aStep('look', 'shop get', { with: { n: '${{ responses.add.status }}' } }),
      aStep('add', 'shop add'),
    ]);
    expect(engine.api.calls.map(({ found }) => found.command.id)).toEqual(['shop add', 'shop get']);
  });

  it('is there after a failure that the workflow allows', async () => {
    const { run } = await runOf([
      aStep('find', 'shop item', { with: { n: 2 }, on_failure: 'continue' }),
      aStep('add', 'shop add', { if: 'responses.find.status == 404' }),
    ]);
    expect(run.steps).toMatchObject([
      { status: 'failed', response: { status: 404 } },
      { status: 'succeeded' },
    ]);
  });

  it('is a list for items, with null where no answer came', async () => {
    const { run } = await runOf(
      [
        aStep('each', 'shop item', {
          for_each: '[1, 2, 3]',
          with: { n: '${{ item }}' },
          on_failure: 'continue',
        }),
      ],
      { final_output: '${{ map(responses.each, x, x.status ?? 0) }}' },
    );
    expect(run.final_output).toEqual([200, 404, 0]);
  });

  it('of a poll is read by its own until', async () => {
    const until = 'responses.wait.status == 200';
    const { run, engine } = await runOf([aStep('wait', 'shop poll', { repeat: { until, every: '1s' } })]);
    expect(engine.api.countOf('shop poll')).toBe(3);
    expect(run.steps[0]?.response).toMatchObject({ status: 200 });
    const polls = (await engine.events(run.run_id)).filter(({ type }) => type === 'step_attempt');
    expect(polls).toMatchObject([{ response: { status: 202 } }, { response: { status: 202 } }, {}]);
  });

  it('holds no secret that went into the call', async () => {
    const { run } = await runOf([aStep('echo', 'shop echo', { with: { value: '${{ secrets.KEY }}' } })], {
      final_output: '${{ responses.echo.headers.location }}',
    });
    expect(run.final_output).toBe('/by/[secret]');
  });

  it('is missing where there was no call by HTTP', async () => {
    const { run } = await runOf([aStep('sub', 'workflow child')], {
      final_output: '${{ responses.sub.status }}',
    });
    expect(run.error).toMatchObject({
      error_code: 'EXPRESSION_FAILED',
      message: expect.stringContaining('step "sub" got no HTTP response'),
    });
  });

  it('is replayed as it was, also for each poll', async () => {
    const until = 'responses.wait.status == 200';
    const { run, engine } = await runOf(
      [aStep('add', 'shop add'), aStep('wait', 'shop poll', { repeat: { until, every: '1s' } })],
      { final_output: '${{ responses.add.headers.location }}' },
    );
    const { record, commits } = await readRecord(engine, run.run_id);
    const clock = aReplayClock();
    const sources = {
      commands: engine.commands,
      environment: { get: () => undefined, isAllowed: () => false },
    };
    const events = await engine.events(run.run_id);
    const report = await replayRun({ record, commits, events, questions: [] }, record.workflow, {
      ...sources,
      clock,
    });
    expect(report).toMatchObject({ matches: true, drift: [] });
  });

  it('of a kept step must have what a resumption reads', async () => {
    const { run, engine } = await runOf([
      aStep('add', 'shop add'),
      aStep('bad', 'shop item', { with: { n: 3 } }),
    ]);
    const { record, commits } = await readRecord(engine, run.run_id);
    const workflow = {
      ...record.workflow,
      steps: [
        aStep('add', 'shop add'),
        aStep('bad', 'shop item', { with: { n: '${{ responses.add.status }}' } }),
      ],
    };
    const { problems } = planResume({ record, commits, marks: [] }, { workflow }, engine.commands);
    expect(problems).toEqual(['step "bad" reads responses.add.status, which the kept outputs do not have']);
  });
});

describe('the headers that are kept', () => {
  it('are bounded in number', () => {
    const headers = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`x-${index}`, 'a']));
    expect(Object.keys(toStepResponse({ status: 200, headers }).headers)).toHaveLength(
      responseLimits.maxHeaders,
    );
  });

  it('are bounded in length, and a long one does not push out the others', () => {
    const headers = { 'x-long': 'a'.repeat(responseLimits.maxHeaderChars), location: '/a' };
    expect(toStepResponse({ status: 200, headers }).headers).toEqual({ location: '/a' });
  });

  it.each(['set-cookie', 'authorization', 'proxy-authorization', 'authentication-info'])(
    'leave out %s',
    (name) => expect(toStepResponse({ status: 200, headers: { [name]: 'x' } }).headers).toEqual({}),
  );
});

async function runOf(steps: readonly Step[], parts: Partial<Workflow> = {}) {
  const catalog = { secrets: ['KEY'] };
  const engine = createTestEngine(
    {
      'shop get': () => ({}),
      'shop add': {
        answer: () => ({ id: 'o1' }),
        response: () => ({
          status: 201,
          headers: { location: '/orders/o1', 'set-cookie': 'sid=1', etag: 'W/"7"' },
        }),
      },
      'shop item': (call) => {
        if (call.arguments.with['n'] === 2) throw httpError(404);
        if (call.arguments.with['n'] === 3) throw networkError();
        return 'found';
      },
      'shop poll': { answer: () => 'text', response: (_, nth) => ({ status: nth < 3 ? 202 : 200 }) },
      'shop echo': {
        catalog,
        answer: () => null,
        response: (call) => ({ headers: { location: `/by/${String(call.arguments.with['value'])}` } }),
      },
    },
    {
      secrets: { KEY: 'sk-12345' },
      workflows: [aWorkflow({ workflow: 'child', steps: [aStep('get', 'shop get')] })],
    },
  );
  return { run: await engine.run(aWorkflow({ steps: [...steps], ...parts })), engine };
}

async function readRecord({ store }: TestEngine, runId: string) {
  const record = await store.getRun(runId);
  if (record === undefined) throw new Error('The run is there.');
  return { record, commits: await store.readCommits(runId) };
}

/** Time passes by nobody waiting for it. */
function aReplayClock() {
  let now = 0;
  return {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms;
    },
    nextTurn: async () => {},
    jumpTo: (ms: number) => {
      now = ms;
    },
  };
}
