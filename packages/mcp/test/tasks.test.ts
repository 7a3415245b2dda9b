import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import { aStepFailure, ScriptedRuns } from './scripted-runs.ts';

const relatedTask = 'io.modelcontextprotocol/related-task';

describe('a call of workflow.run', () => {
  it('becomes a task of a run that is there already', async () => {
    const { runs, client } = await serve();
    const created = await client.startTask({ workflow_id: 'pay', inputs: { order: 'ord_1' } });
    expect(runs.started).toMatchObject([{ workflow: { workflowId: 'pay' }, inputs: { order: 'ord_1' } }]);
    expect(created.task).toMatchObject({ taskId: 'run-1', status: 'working', pollInterval: 500 });
    expect(created).toMatchObject({
      _meta: {
        'oatty/run_id': 'run-1',
        'io.modelcontextprotocol/model-immediate-response': expect.stringContaining('run-1'),
      },
    });
  });

  it('lives as long as it was asked for, up to seven days, and a day by default', async () => {
    const { client } = await serve();
    const ttls = [];
    for (const ttl of [60_000, 30 * 86_400_000, undefined]) {
      ttls.push((await client.startTask({ workflow_id: 'pay' }, { ...(ttl && { ttl }) })).task.ttl);
    }
    expect(ttls).toEqual([60_000, 7 * 86_400_000, 86_400_000]);
  });

  it('without a task is refused, with what to do instead', async () => {
    const { runs, client } = await serve();
    const error = await client.refusal('tools/call', {
      name: 'workflow_run',
      arguments: { workflow_id: 'pay' },
    });
    expect(error.code).toBe(-32_601);
    expect(error.message).toMatch(/^TASK_CAPABILITY_REQUIRED: /);
    expect(error.data).toMatchObject({
      error_code: 'TASK_CAPABILITY_REQUIRED',
      category: 'execution',
      retryable: false,
      suggested_action: expect.stringMatching(/supports tasks.*run\.start/),
    });
    expect(runs.started).toEqual([]);
  });

  it('keeps the error of a run that cannot start', async () => {
    const { runs, client } = await serve();
    const violations = [{ path: '$.inputs.order', rule: 'required', message: 'order is missing' }];
    runs.nextStartError = new OattyError('WORKFLOW_INPUTS_INCOMPLETE', 'Inputs are missing: order.', {
      violations,
    });
    const error = await client.refusal('tools/call', aTaskCall({ workflow_id: 'pay' }));
    expect(error.code).toBe(-32_602);
    expect(error.message).toBe(
      'WORKFLOW_INPUTS_INCOMPLETE: Inputs are missing: order. Give a value for each input listed.',
    );
    expect(error.data).toMatchObject({ error_code: 'WORKFLOW_INPUTS_INCOMPLETE', violations });
  });

  it('with wrong arguments is refused before anything starts', async () => {
    const { runs, client } = await serve();
    const error = await client.refusal('tools/call', aTaskCall({ workflow: 'pay' }));
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
    expect(error.data.violations).toMatchObject([{ path: '$.workflow', rule: 'unknown_argument' }]);
    expect(runs.started).toEqual([]);
  });

  it.each([{ ttl: 0 }, { ttl: -1 }, { ttl: 'long' }, 'yes'])('refuses the task %j', async (task) => {
    const { runs, client } = await serve();
    const call = { name: 'workflow_run', arguments: { workflow_id: 'pay' }, task };
    expect((await client.refusal('tools/call', call)).data.error_code).toBe('ARGUMENT_INVALID');
    expect(runs.started).toEqual([]);
  });
});

describe('a task for a tool that forbids one', () => {
  it('is refused before the tool runs', async () => {
    const { runs, client } = await serve();
    const call = { name: 'run_start', arguments: { workflow_id: 'pay' }, task: {} };
    const error = await client.refusal('tools/call', call);
    expect([error.code, error.data.error_code]).toEqual([-32_601, 'ARGUMENT_INVALID']);
    expect(runs.started).toEqual([]);
  });
});

describe('tasks/get', () => {
  it('tells the status, and why a run failed', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    expect(await client.client.experimental.tasks.getTask('run-1')).toMatchObject({ status: 'working' });
    runs.finish('run-1', { status: 'failed', error: aStepFailure() });
    const task = await client.client.experimental.tasks.getTask('run-1');
    expect(task).toMatchObject({ status: 'failed', statusMessage: 'STEP_FAILED: Step "a" failed.' });
    expect(task).not.toHaveProperty('_meta');
  });

  it.each(['tasks/get', 'tasks/result', 'tasks/cancel'])(
    '%s of an unknown task is invalid',
    async (method) => {
      const { client } = await serve();
      const error = await client.refusal(method, { taskId: 'nobody' });
      expect([error.code, error.data.error_code]).toEqual([-32_602, 'RUN_NOT_FOUND']);
    },
  );

  it('knows no run that was not started as a task', async () => {
    const { runs, client } = await serve();
    await runs.start({ workflow: { workflowId: 'pay' } });
    expect((await client.refusal('tasks/get', { taskId: 'run-1' })).code).toBe(-32_602);
  });

  it('knows no task of somebody else', async () => {
    const { runs, client } = await serve();
    await runs.start({
      workflow: { workflowId: 'pay' },
      caller: { principal: 'eve', via: 'mcp' },
      ttlMs: null,
    });
    expect((await client.refusal('tasks/get', { taskId: 'run-1' })).code).toBe(-32_602);
  });

  it('forgets a task when its time is over', async () => {
    const { client } = await serve();
    await client.startTask({ workflow_id: 'pay' }, { ttl: 60_000 });
    await client.startTask({ workflow_id: 'pay' }, { ttl: 1 }).catch(() => undefined);
    await expect
      .poll(() => client.request('tasks/get', { taskId: 'run-2' }).catch((error) => error.code))
      .toBe(-32_602);
    expect(await client.request('tasks/list')).toMatchObject({ tasks: [{ taskId: 'run-1' }] });
  });
});

describe('tasks/result', () => {
  it('waits for the run and gives it', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    const result = client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    runs.finish('run-1', { status: 'succeeded', final_output: { receipt: 'r_1' } });
    const { structuredContent, content, isError, _meta: meta } = await result;
    expect(structuredContent).toMatchObject({
      run_id: 'run-1',
      status: 'succeeded',
      final_output: { receipt: 'r_1' },
    });
    expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
    expect(isError).toBeUndefined();
    expect(meta).toMatchObject({ [relatedTask]: { taskId: 'run-1' }, 'oatty/run_id': 'run-1' });
  });

  it('of a failed run is a failure with the error of the step, and the run beside it', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    runs.finish('run-1', { status: 'failed', error: aStepFailure() });
    const result = await client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toMatchObject({
      message: 'STEP_FAILED: Step "a" failed.',
      data: {
        error_code: 'STEP_FAILED',
        step_id: 'a',
        context: { run_id: 'run-1' },
        response_payload: { why: 'card' },
      },
    });
    expect(result).toMatchObject({ _meta: { 'oatty/run': { run_id: 'run-1', status: 'failed' } } });
  });

  it('of a canceled run is an error that says so', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    runs.finish('run-1', { status: 'canceled' });
    const error = await client.refusal('tasks/result', { taskId: 'run-1' });
    expect([error.code, error.data.error_code]).toEqual([-32_000, 'CANCELED']);
  });

  it('stops waiting when the client does, and the run goes on', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    const patience = new AbortController();
    const { signal } = patience;
    const result = client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema, { signal });
    patience.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    expect((await runs.get('run-1')).status).toBe('running');
  });
});

describe('tasks/list', () => {
  it('gives the newest first, page by page', async () => {
    const { client } = await serve();
    for (let index = 0; index < 25; index += 1) await client.startTask({ workflow_id: 'pay' });
    const first = await client.client.experimental.tasks.listTasks();
    expect(first.tasks.length).toBe(20);
    expect(first.tasks[0]?.taskId).toBe('run-25');
    const second = await client.client.experimental.tasks.listTasks(first.nextCursor);
    expect(second.tasks.map((task) => task.taskId)).toEqual(['run-5', 'run-4', 'run-3', 'run-2', 'run-1']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('refuses a cursor that is none', async () => {
    const { client } = await serve();
    const error = await client.refusal('tasks/list', { cursor: 'bogus' });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
  });
});

describe('tasks/cancel', () => {
  it('stops the run and gives the canceled task', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    expect(await client.client.experimental.tasks.cancelTask('run-1')).toMatchObject({ status: 'cancelled' });
    expect((await runs.get('run-1')).status).toBe('canceled');
  });

  it('refuses a task that has ended', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    runs.finish('run-1', { status: 'succeeded' });
    const error = await client.refusal('tasks/cancel', { taskId: 'run-1' });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'RUN_STATE_CONFLICT']);
  });
});

describe('the stream of a task in the SDK', () => {
  it('ends with the result', async () => {
    const { runs, client } = await serve();
    await client.client.listTools();
    const messages: unknown[] = [];
    const stream = client.client.experimental.tasks.callToolStream({
      name: 'workflow_run',
      arguments: { workflow_id: 'pay' },
    });
    for await (const message of stream) {
      messages.push(message);
      if (message.type === 'taskCreated') runs.finish('run-1', { status: 'succeeded' });
    }
    expect(messages).toMatchObject([
      { type: 'taskCreated' },
      { type: 'taskStatus' },
      { type: 'result', result: { structuredContent: { run_id: 'run-1' } } },
    ]);
  });
});

// --- internal ---

async function serve() {
  const runs = new ScriptedRuns();
  const client = await connectInMemory({ oatty: runs.toOatty(), version: '1', log: () => undefined });
  return { runs, client };
}

function aTaskCall(args: Record<string, unknown>): Record<string, unknown> {
  return { name: 'workflow_run', arguments: args, task: {} };
}
