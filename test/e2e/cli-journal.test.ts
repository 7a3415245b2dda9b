/** Runs in the journal, from one process to the next. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorOf, openShopCommandLines, outcomeOf } from './command-line.ts';
import type { CommandLine, ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

const approval = `workflow: ship
inputs: { order: { type: string } }
steps:
  - id: look
    run: shop orders:info
    with: { order: '\${{ inputs.order }}' }
  - id: ok
    run: oatty approval
    with: { message: 'Ship \${{ steps.look.id }}?' }
    depends_on: [look]
final_output: '\${{ steps.ok.choice }}'
`;

const broken = `workflow: pay
steps:
  - { id: list, run: 'shop orders:list' }
  - { id: look, run: 'shop orders:info', with: { order: ord_none }, depends_on: [list] }
final_output: '\${{ steps.look.id }}'
`;

async function detached(oatty: CommandLine, manifest: string, ...inputs: readonly string[]) {
  const file = await oatty.write('flow.yaml', manifest);
  const { document, exitCode } = await oatty.binary.json('run', file, ...inputs, '--detach');
  expect(exitCode).toBe(0);
  return document;
}

async function untilStatus(oatty: CommandLine, runId: string, status: string) {
  return untilRun(oatty, runId, (run) => run.status === status);
}

async function untilQuestions(oatty: CommandLine, runId: string, count: number) {
  return untilRun(oatty, runId, (run) => run.open_questions?.length === count);
}

/** What another process carries is asked for until it is so. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read into documents
function untilRun(oatty: CommandLine, runId: string, isSo: (run: any) => boolean) {
  return vi.waitFor(async () => {
    const { document } = await oatty.json('runs', 'show', runId);
    expect(document).toSatisfy(isSo);
    return document;
  }, 15_000);
}

describe('oatty run --detach', () => {
  it('prints the run and leaves it to a process of its own', async () => {
    await using oatty = await shops.open();
    const started = await detached(oatty, approval, '--input', 'order=ord_1');
    expect(started).toEqual({ run_id: expect.any(String), status: 'pending' });
    const waiting = await untilStatus(oatty, started.run_id, 'waiting');
    expect(waiting.open_questions).toMatchObject([{ kind: 'approval', message: 'Ship ord_1?' }]);
    const answered = await oatty.binary.json('runs', 'respond', started.run_id, 'approve');
    expect(answered.document).toMatchObject({ status: 'succeeded', final_output: 'approve' });
    const again = await oatty.json('runs', 'respond', started.run_id, 'approve');
    expect([again.exitCode, JSON.parse(again.stderr).data.error_code]).toEqual([1, 'RUN_STATE_CONFLICT']);
  });

  it('says what is wrong before anything starts', async () => {
    await using oatty = await shops.open();
    const file = await oatty.write('flow.yaml', approval);
    const { exitCode, stderr } = await oatty.binary.run('run', file, '--detach');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('needs order');
    expect((await oatty.json('runs', 'list')).document.items).toEqual([]);
  });
});

describe('oatty runs', () => {
  it('lists, shows, watches and replays what other processes ran', async () => {
    await using oatty = await shops.open();
    const file = await oatty.write('flow.yaml', broken);
    const failed = (await oatty.binary.json('run', file)).document;
    const list = await oatty.json('runs', 'list', '--status', 'failed', '--workflow', 'pay');
    expect(list.document.items).toMatchObject([{ run_id: failed.run_id, status: 'failed' }]);
    const table = await oatty.binary.run('runs', 'list');
    expect(table.stdout).toContain(failed.run_id);
    const shown = await oatty.binary.run('runs', 'show', failed.run_id);
    expect(shown.stdout).toContain('✓ list');
    expect(shown.stdout).toContain('✗ look');
    const watched = await oatty.binary.run('runs', 'watch', failed.run_id, '--json', '--follow');
    const lines = watched.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(0)).toMatchObject({ type: 'run_started', seq: 1 });
    expect(lines.at(-1)).toMatchObject({ run_id: failed.run_id, status: 'failed' });
    expect(watched.exitCode).toBe(1);
    const replayed = await oatty.binary.json('runs', 'replay', failed.run_id);
    expect(replayed.document).toMatchObject({ matches: true, drift: [] });
  });

  it('resumes a failed run with an edited manifest', async () => {
    await using oatty = await shops.open();
    const failed = (await oatty.json('run', await oatty.write('flow.yaml', broken))).document;
    const fixed = await oatty.write('fixed.yaml', broken.replace('ord_none', 'ord_1'));
    const plan = await oatty.json('runs', 'resume', failed.run_id, '--manifest', fixed, '--dry-run');
    expect(plan.document).toMatchObject({
      can_resume: true,
      steps: [{ action: 'kept' }, { action: 'run_again' }],
    });
    const unconfirmed = await oatty.run('runs', 'resume', failed.run_id, '--manifest', fixed);
    expect(unconfirmed.stderr).toContain('--yes');
    const resumed = await oatty.binary.json('runs', 'resume', failed.run_id, '--manifest', fixed, '--yes');
    expect(resumed.document).toMatchObject({
      status: 'succeeded',
      resumed_from: failed.run_id,
      final_output: 'ord_1',
    });
  });

  it('are listed page by page', async () => {
    await using oatty = await shops.open();
    const file = await oatty.write('flow.yaml', broken);
    const [first, second] = [
      (await oatty.json('run', file)).document,
      (await oatty.json('run', file)).document,
    ];
    const { document: page } = await oatty.json('runs', 'list', '--limit', '1');
    const { document: last } = await oatty.json('runs', 'list', '--limit', '1', '--cursor', page.next_cursor);
    expect([page.items, last.items, last.next_cursor]).toMatchObject([
      [{ run_id: second.run_id }],
      [{ run_id: first.run_id }],
      undefined,
    ]);
    const bad = await oatty.run('runs', 'list', '--cursor', 'nope', '--json');
    expect([bad.exitCode, errorOf(bad).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
  });

  it('resumes from the step that is named', async () => {
    await using oatty = await shops.open();
    const failed = (await oatty.json('run', await oatty.write('flow.yaml', broken))).document;
    const plan = await oatty.json('runs', 'resume', failed.run_id, '--from', 'list', '--dry-run');
    expect(plan.document.steps).toMatchObject([{ action: 'run_again' }, { action: 'run_again' }]);
    const unknown = await oatty.run('runs', 'resume', failed.run_id, '--from', 'lst', '--dry-run');
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('"list"')]);
  });

  it('answers the question that is named', async () => {
    await using oatty = await shops.open();
    const approvals = `workflow: both
max_parallel: 2
steps:
  - { id: one, run: oatty approval, with: { message: 'One?' } }
  - { id: two, run: oatty approval, with: { message: 'Two?' } }
final_output: '\${{ steps.one.choice }} \${{ steps.two.choice }}'
`;
    const { run_id } = await detached(oatty, approvals);
    const { open_questions } = await untilQuestions(oatty, run_id, 2);
    const two = open_questions.find(({ message }: { message: string }) => message === 'Two?');
    const unknown = await oatty.run('runs', 'respond', run_id, 'approve', '--question', 'none');
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('none')]);
    const respond = (...more: readonly string[]) => oatty.json('runs', 'respond', run_id, ...more);
    await respond('reject', '--question', two.question_id);
    const { document } = await respond('approve');
    expect(document.final_output).toBe('approve reject');
  });

  it('removes only what ended long enough ago', async () => {
    await using oatty = await shops.open();
    await oatty.json('run', await oatty.write('flow.yaml', broken));
    const young = await oatty.json('runs', 'prune', '--older-than', '1h', '--yes');
    const old = await oatty.json('runs', 'prune', '--older-than', '1ms', '--yes');
    expect([young.document.removed, old.document.removed]).toEqual([0, 1]);
    const bad = await oatty.run('runs', 'prune', '--older-than', 'monthly', '--json');
    expect([bad.exitCode, errorOf(bad).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
  });

  it('removes what has ended and keeps what waits', async () => {
    await using oatty = await shops.open();
    const open = await detached(oatty, approval, '--input', 'order=ord_1');
    await untilStatus(oatty, open.run_id, 'waiting');
    await oatty.json('run', await oatty.write('other.yaml', broken));
    const dry = await oatty.json('runs', 'prune', '--keep', '0', '--dry-run');
    expect(dry.document).toMatchObject({ removed: 1, kept: 1 });
    await oatty.binary.json('runs', 'prune', '--keep', '0', '--yes');
    const { document } = await oatty.json('runs', 'list');
    expect(document.items).toMatchObject([{ run_id: open.run_id, status: 'waiting' }]);
    const canceled = await oatty.binary.json('runs', 'cancel', open.run_id);
    expect(canceled.document).toEqual({ run_id: open.run_id, status: 'canceled' });
  });

  it('stops watching on Ctrl-C, and leaves the run alone', async () => {
    await using oatty = await shops.open();
    const open = await detached(oatty, approval, '--input', 'order=ord_1');
    await untilStatus(oatty, open.run_id, 'waiting');
    const child = oatty.start({}, 'runs', 'watch', open.run_id);
    let isKilled = false; // a second signal would not wait for the end
    child.stderr.on('data', (text: Buffer) => {
      if (!isKilled && text.toString().includes('Ship ord_1?')) isKilled = child.kill('SIGINT');
    });
    const { exitCode, stderr } = await outcomeOf(child);
    expect([exitCode, stderr.includes('goes on')]).toEqual([130, true]);
    expect((await oatty.json('runs', 'show', open.run_id)).document.status).toBe('waiting');
  });

  it('helps with names that are nearly right', async () => {
    await using oatty = await shops.open();
    expect((await oatty.run('runs', 'lst')).stderr).toContain('list');
    expect((await oatty.run('runs', 'show', 'nobody')).stderr).toContain('nobody');
    expect((await oatty.run('runs', 'list', '--status', 'done')).exitCode).toBe(2);
    expect((await oatty.run('runs', 'prune')).exitCode).toBe(2);
  });
});
