/** `oatty run`: a workflow, from a shell. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorOf, openShopCommandLines, outcomeOf } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

const charge = 'workflows/charge_and_wait.yaml';
const quick = (steps: string, rest = '') => `workflow: quick\n${rest}steps:\n${steps}`;
const slow = quick('  - { id: wait, run: shop slow:list, with: { delay_ms: 60000 } }\n');
const pay = quick(
  `  - id: pay
    run: shop payments:create
    with: { order: '\${{ inputs.order }}' }
`,
  'inputs: { order: { type: string } }\n',
);

describe('a run that succeeds', () => {
  it('is the run document with --json', async () => {
    await using oatty = await shops.open();
    const { exitCode, stderr, document } = await oatty.binary.json(
      'run',
      charge,
      '--input',
      'order_id=ord_1',
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(document).toMatchObject({
      run_id: expect.any(String),
      workflow_id: 'charge_and_wait',
      status: 'succeeded',
      inputs: { order_id: 'ord_1', source: 'tok_visa' },
      final_output: { status: 'done', order_status: 'paid' },
      started_at: expect.any(String),
      finished_at: expect.any(String),
      duration_ms: expect.any(Number),
    });
    expect(document.steps).toMatchObject([
      { id: 'order', status: 'succeeded', attempts: 1, output: { status: 'open' } },
      { id: 'charge', status: 'succeeded', attempts: 1, output: { status: 'processing' } },
      { id: 'wait', status: 'succeeded', attempts: 2, output: { status: 'done' } },
      { id: 'paid', status: 'succeeded', attempts: 1 },
    ]);
  });

  it('gives its output on stdout, and says on stderr how it went', async () => {
    await using oatty = await shops.open();
    const { stdout, stderr } = await oatty.binary.run('run', charge, '--input', 'order_id=ord_1');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'done' });
    expect(stderr.split('\n').map((line) => line.replace(/ {2}.*|in \d.*/, ''))).toEqual([
      '✓ order',
      '✓ charge',
      '✓ wait',
      '✓ paid',
      '✓ succeeded ',
      '',
    ]);
    const quiet = await oatty.run('run', charge, '--input', 'order_id=ord_2', '--quiet');
    expect([quiet.exitCode, quiet.stderr]).toEqual([0, '']);
  });

  it('is followed event by event with --json --follow', async () => {
    await using oatty = await shops.open();
    const { exitCode, stdout } = await oatty.binary.run(
      'run',
      charge,
      '--input',
      'order_id=ord_1',
      '--json',
      '--follow',
    );
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(lines.slice(0, -1).map(({ seq }) => seq)).toEqual(lines.slice(0, -1).map((_, index) => index + 1));
    expect([lines[0].type, lines.at(-2).type, lines.at(-1).status]).toEqual([
      'run_started',
      'run_finished',
      'succeeded',
    ]);
  });

  it('shows every attempt with --verbose', async () => {
    await using oatty = await shops.open();
    const manifest = quick(`  - id: try
    run: shop flaky:info
    with: { key: k }
    retry: { max_attempts: 3, delay: 1ms }
`);
    const path = await oatty.write('flaky.yaml', manifest);
    const { stderr } = await oatty.binary.run('run', path, '--verbose');
    expect(stderr).toMatch(
      /▸ try[^]*attempt 1: 503[^]*attempt 2: 503[^]*attempt 3: 200[^]*✓ try {2}.*3 attempts/,
    );
    shops.shop.reset();
    const plain = await oatty.run('run', path);
    expect([plain.stderr.includes('attempt 2: 503'), plain.stderr.includes('attempt 3: 200')]).toEqual([
      true,
      false,
    ]);
  });

  it('takes a saved workflow by its id, and a manifest from stdin', async () => {
    await using oatty = await shops.open();
    await oatty.run('import', charge);
    expect((await oatty.json('run', 'charge_and_wait', '--input', 'order_id=ord_1')).document.status).toBe(
      'succeeded',
    );
    expect(
      (await oatty.binary.json('workflow', 'run', 'charge_and_wait', '--input', 'order_id=ord_2')).document
        .status,
    ).toBe('succeeded');
    const stdin = await oatty.binary.runWith({ stdin: pay }, 'run', '-', '--input', 'order=ord_6', '--json');
    expect(JSON.parse(stdin.stdout)).toMatchObject({ workflow_id: 'quick', status: 'succeeded' });
  });
});

describe('inputs', () => {
  it('come from a file, from stdin and from options, in that order', async () => {
    await using oatty = await shops.open();
    const values = await oatty.write('values.yaml', 'order_id: ord_1\nsource: tok_declined\n');
    const { document } = await oatty.json('run', charge, '--inputs', values, '--input', 'order_id=ord_2');
    expect(document.inputs).toEqual({ order_id: 'ord_2', source: 'tok_declined' });
    const stdin = await oatty.runWith(
      { stdin: '{"order_id": "ord_6"}' },
      'run',
      charge,
      '--inputs',
      '-',
      '--json',
    );
    expect(JSON.parse(stdin.stdout).inputs.order_id).toBe('ord_6');
  });

  it('are named in an error when they are missing in a pipe', async () => {
    await using oatty = await shops.open();
    const { exitCode, stdout, stderr } = await oatty.run('run', charge);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: .*order_id[^]*\nhelp: {2}Pass --input order_id=VALUE\n$/);
    const outcome = await oatty.run('run', charge, '--json');
    expect(errorOf(outcome)).toMatchObject({
      error_code: 'WORKFLOW_INPUTS_INCOMPLETE',
      violations: [{ path: '$.inputs.order_id' }],
    });
  });

  it.each<[string[], string]>([
    [['--input', 'order_id=nope'], 'WORKFLOW_INPUT_VALIDATION_FAILED'],
    [['--input', 'order_id=ord_1', '--input', 'nope=1'], 'WORKFLOW_INPUT_VALIDATION_FAILED'],
    [['--input', 'order_id=ord_1', '--input', '__proto__=1'], 'WORKFLOW_INPUT_VALIDATION_FAILED'],
    [['--input', 'order_id'], 'ARGUMENT_INVALID'],
    [['--inputs', 'nope.json'], 'SOURCE_NOT_FOUND'],
  ])('%j start nothing', async (options, code) => {
    await using oatty = await shops.open();
    const outcome = await oatty.run('run', 'workflows/cancel_order.yaml', ...options, '--json');
    expect([outcome.exitCode, outcome.stdout, errorOf(outcome).error_code]).toEqual([2, '', code]);
    expect(shops.shop.calls()).toEqual([]);
  });
});

describe('a run that fails', () => {
  it('is a document with --json, and ends with exit code 1', async () => {
    await using oatty = await shops.open();
    const { exitCode, document } = await oatty.binary.json('run', charge, '--input', 'order_id=ord_3');
    expect([exitCode, document.status, document.final_output]).toEqual([1, 'failed', null]);
    expect(document.steps.map(({ status }: { status: string }) => status)).toEqual([
      'succeeded',
      'failed',
      'skipped',
      'skipped',
    ]);
    expect(document.error).toMatchObject({
      error_code: 'HTTP_ERROR',
      step_id: 'charge',
      context: { status: 409 },
    });
  });

  it('says on stderr what went wrong in which step, and prints nothing', async () => {
    await using oatty = await shops.open();
    const { exitCode, stdout, stderr } = await oatty.binary.run(
      'run',
      charge,
      '--input',
      'order_id=ord_3',
      '--quiet',
    );
    expect([exitCode, stdout, stderr]).toEqual([
      1,
      '',
      'error: Step "charge": POST /payments answered 409: Order "ord_3" is paid.\nhelp:  Read the current state of the resource, then call again.\n',
    ]);
  });

  it('never begins when the manifest is not valid', async () => {
    await using oatty = await shops.open();
    const path = await oatty.write('bad.yaml', quick('  - { id: a, run: shop orders:lst }\n'));
    const outcome = await oatty.run('run', path, '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'WORKFLOW_VALIDATION_FAILED']);
    expect(errorOf(outcome).violations).toMatchObject([{ path: '$.steps[0].run', line: 3 }]);
    const unknown = await oatty.run('run', 'nope', '--json');
    expect([unknown.exitCode, errorOf(unknown).error_code]).toEqual([2, 'WORKFLOW_NOT_FOUND']);
  });
});

describe('--dry-run', () => {
  it('prints the plan with rendered steps, and sends nothing', async () => {
    await using oatty = await shops.open();
    const { exitCode, document } = await oatty.json('run', charge, '--input', 'order_id=ord_1', '--dry-run');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      workflow_id: 'charge_and_wait',
      effect: 'standard',
      plan_hash: expect.any(String),
      steps: [
        { step_id: 'order' },
        { step_id: 'charge' },
        { step_id: 'wait' },
        { step_id: 'paid', will_run: null },
      ],
      rendered_steps: [{}, { step_id: 'charge', with: { order: 'ord_1' } }, {}, {}],
    });
    const { stdout } = await oatty.binary.run('run', charge, '--input', 'order_id=ord_1', '--dry-run');
    expect(stdout).toMatch(/2 +charge +yes +standard[^]*request {2}POST http/);
    expect(shops.shop.calls()).toEqual([]);
  });

  it('fails where the run would not start, and asks no provider', async () => {
    await using oatty = await shops.open();
    const outcome = await oatty.run('run', charge, '--dry-run', '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'WORKFLOW_INPUTS_INCOMPLETE']);
    const invalid = await oatty.run(
      'run',
      charge,
      '--input',
      'order_id=ord_1',
      '--input',
      'x=1',
      '--dry-run',
      '--json',
    );
    expect([invalid.exitCode, errorOf(invalid).error_code]).toEqual([2, 'WORKFLOW_INPUT_VALIDATION_FAILED']);
    expect(shops.shop.calls()).toEqual([]);
  });
});

describe('a run that may remove something', () => {
  const remove = quick('  - { id: gone, run: shop orders:delete, with: { order: ord_1 } }\n');

  it('is confirmed with --yes, and refused in a pipe without', async () => {
    await using oatty = await shops.open();
    const path = await oatty.write('remove.yaml', remove);
    const asked = await oatty.run('run', path, '--json');
    expect([asked.exitCode, asked.stdout, errorOf(asked).error_code]).toEqual([
      1,
      '',
      'CONFIRMATION_REQUIRED',
    ]);
    expect(errorOf(asked).message).toContain('gone (shop orders:delete)');
    expect(shops.shop.calls()).toEqual([]);
    expect((await oatty.json('run', path, '--yes')).document.status).toBe('succeeded');
    expect(shops.shop.calls()).toMatchObject([{ operation_id: 'deleteOrder' }]);
  });
});

describe('Ctrl-C', () => {
  it('cancels the run, breaks the request off and ends with exit code 130', async () => {
    await using oatty = await shops.open();
    const child = oatty.start({}, 'run', await oatty.write('slow.yaml', slow), '--json');
    const outcome = outcomeOf(child);
    await vi.waitFor(() => expect(shops.shop.calls()).toMatchObject([{ outcome: 'in_flight' }]), 10_000);
    child.kill('SIGINT');
    const { exitCode, stdout } = await outcome;
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      130,
      { status: 'canceled', steps: [{ id: 'wait', status: 'canceled' }] },
    ]);
    await vi.waitFor(() => expect(shops.shop.calls()).toMatchObject([{ outcome: 'aborted' }]), 10_000);
  });

  it('ends a wait between polls at once', async () => {
    await using oatty = await shops.open();
    const polling = quick(`  - id: wait
    run: shop orders:info
    with: { order: ord_1 }
    repeat: { until: steps.wait.status == "never", every: 1h }
`);
    const child = oatty.start({}, 'run', await oatty.write('poll.yaml', polling), '--verbose');
    let isKilled = false; // a second signal would not wait for the end
    child.stderr.on('data', (text: Buffer) => {
      if (!isKilled && text.toString().includes('poll 1')) isKilled = child.kill('SIGINT');
    });
    const { exitCode, stdout, stderr } = await outcomeOf(child);
    expect([exitCode, stdout, stderr.includes('■ canceled')]).toEqual([130, '', true]);
  });

  it('pressed again does not wait for anything', async () => {
    await using oatty = await shops.open();
    const child = oatty.start({}, 'run', await oatty.write('slow.yaml', slow), '--verbose');
    child.stderr.once('data', () => {
      child.kill('SIGINT');
      child.kill('SIGINT');
    });
    expect((await outcomeOf(child)).exitCode).toBe(130);
  });
});
