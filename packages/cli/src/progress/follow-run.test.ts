import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { RunEvent, RunEventBody } from '@oatty/types';
import { aContext, captureIo } from '../../test/captured-io.ts';
import type { GlobalFlags } from '../cli-command.ts';
import { followRun, printEvents } from './follow-run.ts';

const error = new OattyError('HTTP_ERROR', 'GET /x answered 503').toPayload();
const bodies: readonly RunEventBody[] = [
  { type: 'run_started', workflow_id: 'w' },
  { type: 'step_started', step_id: 'a', run: 'shop x:list' },
  {
    type: 'step_attempt',
    step_id: 'a',
    attempt: 1,
    outcome: 'retrying',
    status: 503,
    error,
    delay_ms: 500,
    duration_ms: 4,
  },
  { type: 'step_attempt', step_id: 'a', attempt: 2, outcome: 'succeeded', status: 200, duration_ms: 4 },
  { type: 'step_progress', step_id: 'a', done: 1, message: 'poll 1: not yet' },
  {
    type: 'step_finished',
    step_id: 'a',
    result: { id: 'a', status: 'succeeded', attempts: 2, duration_ms: 520 },
  },
  {
    type: 'step_finished',
    step_id: 'b',
    result: { id: 'b', status: 'skipped', attempts: 0, reason: 'no need' },
  },
  { type: 'run_finished', status: 'succeeded' },
];
const events = bodies.map((body, index): RunEvent => ({
  run_id: 'r',
  seq: index + 1,
  at: '2026-01-01T00:00:00.000Z',
  ...body,
}));

async function* stream(): AsyncGenerator<RunEvent> {
  yield* events;
}

async function follow(flags: Partial<GlobalFlags>, terminal?: { columns: number; rows: number }) {
  const io = captureIo(terminal === undefined ? {} : { terminal });
  await followRun(aContext(io, flags), stream());
  return io;
}

describe('followRun', () => {
  it('prints a line for each retry and each step in a pipe, on stderr', async () => {
    const io = await follow({});
    expect(io.err().split('\n')).toEqual([
      '  a  attempt 1: 503 after 4 ms, again in 500 ms',
      '✓ a  520 ms, 2 attempts',
      '- b  no need',
      '',
    ]);
    expect(io.out()).toBe('');
  });

  it('prints starts, every attempt and polls with --verbose', async () => {
    const io = await follow({ verbose: true });
    expect(io.err().split('\n')).toEqual([
      '▸ a  shop x:list',
      '  a  attempt 1: 503 after 4 ms, again in 500 ms',
      '  a  attempt 2: 200 after 4 ms',
      '  a  poll 1: not yet',
      '✓ a  520 ms, 2 attempts',
      '- b  no need',
      '',
    ]);
  });

  it.each([{ quiet: true }, { json: true }])('prints nothing with %j', async (flags) => {
    const io = await follow(flags);
    expect([io.out(), io.err()]).toEqual(['', '']);
  });

  it('leaves only the finished steps on a terminal', async () => {
    const io = await follow({}, { columns: 80, rows: 24 });
    expect(toScreen(io.err())).toEqual(['✓ a  520 ms, 2 attempts', '- b  no need', '']);
  });
});

describe('printEvents', () => {
  it('prints one event in a line, on stdout', async () => {
    const io = captureIo();
    await printEvents(aContext(io, { json: true }), stream());
    expect(
      io
        .out()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(events);
  });
});

// --- internal ---

/** What is left of a text once its cursor movements are carried out. */
function toScreen(text: string): string[] {
  const lines: string[] = [''];
  // oxlint-disable-next-line no-control-regex -- the one movement that the live area makes
  for (const part of text.split(/(\r\u001B\[\d+A\u001B\[J)/)) {
    // oxlint-disable-next-line no-control-regex -- the same
    const [, up] = /^\r\u001B\[(\d+)A/.exec(part) ?? [];
    if (up !== undefined) lines.splice(-1 - Number(up), Number(up) + 1, '');
    else {
      const [first = '', ...rest] = part.split('\n');
      lines[lines.length - 1] += first;
      lines.push(...rest);
    }
  }
  return lines;
}
