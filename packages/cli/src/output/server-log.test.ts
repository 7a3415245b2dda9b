import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openServerLog } from './server-log.ts';

const failure = {
  level: 'warn',
  operation: 'tools/call workflow.get',
  message: 'There is no workflow "x".',
  error_code: 'WORKFLOW_NOT_FOUND',
  correlation_id: 'c-1',
} as const;

describe('openServerLog', () => {
  it('writes one line of JSON for each entry, in their order', async () => {
    const { log, lines } = aLog();
    log.write(failure);
    log.write({ level: 'error', operation: 'transport', message: 'broken' });
    await log.settled();
    expect(lines()).toEqual([
      { ...failure, at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
      { level: 'error', operation: 'transport', message: 'broken', at: expect.any(String) },
    ]);
  });

  it.each([
    ['warn', 2],
    [' ERROR ', 1],
    ['silent', 0],
    ['', 2],
  ])('at the level "%s" writes %i of a warning and an error', async (level, count) => {
    const { log, lines } = aLog({ OATTY_LOG_LEVEL: level });
    log.write(failure);
    log.write({ ...failure, level: 'error' });
    await log.settled();
    expect(lines().length).toBe(count);
  });

  it('refuses a level that there is not', () => {
    expect(() => aLog({ OATTY_LOG_LEVEL: 'loud' })).toThrow('OATTY_LOG_LEVEL is one of');
  });
});

// --- internal ---

function aLog(env: Record<string, string> = {}) {
  const stderr = new PassThrough();
  let text = '';
  stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  return { log: openServerLog({ env, stderr }), lines };
}
