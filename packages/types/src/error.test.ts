import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { errorTraits, OattyError } from './error.ts';

describe('OattyError', () => {
  it('gives the payload that every edge shows', () => {
    const error = new OattyError('COMMAND_NOT_FOUND', 'No command "shop x".', {
      suggestedAction: 'Did you mean "shop y"?',
      context: { command_id: 'shop x' },
      correlationId: 'c-1',
    });
    expect(error.toErrorData()).toEqual({
      code: -32002,
      message: 'COMMAND_NOT_FOUND: No command "shop x".',
      data: {
        error_code: 'COMMAND_NOT_FOUND',
        category: 'not_found',
        message: 'No command "shop x".',
        context: { command_id: 'shop x' },
        retryable: false,
        suggested_action: 'Did you mean "shop y"?',
        correlation_id: 'c-1',
      },
    });
  });

  it('shows step, command, response and violations when there are some', () => {
    const violations = [{ path: '$.steps[0].run', rule: 'unknown_command', message: 'No such command.' }];
    const payload = new OattyError('STEP_FAILED', 'Step "a" failed.', {
      stepId: 'a',
      command: 'shop x',
      responsePayload: { title: 'Gone' },
      violations,
    }).toPayload();
    expect(payload).toMatchObject({
      step_id: 'a',
      command: 'shop x',
      response_payload: { title: 'Gone' },
      violations,
    });
  });

  it('keeps the text of an unforeseen exception to itself', () => {
    const error = OattyError.from(new TypeError('x of undefined at /home/me/secret.ts'));
    expect(error.code).toBe('INTERNAL');
    expect(JSON.stringify(error.toErrorData())).not.toContain('secret.ts');
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it('gives back an error that is one already', () => {
    const error = new OattyError('CANCELED', 'Stopped.');
    expect(OattyError.from(error)).toBe(error);
  });

  it('lets one failure be retryable although its code is not', () => {
    expect(new OattyError('HTTP_ERROR', '429', { retryable: true }).toPayload().retryable).toBe(true);
    expect(new OattyError('HTTP_ERROR', '404').toPayload().retryable).toBe(false);
  });

  it('names what was sent, and is never as large', () => {
    const sent = 'x'.repeat(100_000);
    const { message, data } = new OattyError('RUN_NOT_FOUND', `There is no run "${sent}".`, {
      context: { run_id: sent, limit: 5 },
    }).toErrorData();
    expect(message.length).toBeLessThan(2_100);
    expect(data.context).toEqual({ run_id: `${'x'.repeat(2_000)}…`, limit: 5 });
  });

  it('gives each failure its own correlation id', () => {
    const ids = new Set([1, 2, 3].map(() => new OattyError('INTERNAL', 'x').correlationId));
    expect(ids.size).toBe(3);
  });
});

describe('specs/ERRORS.md', () => {
  it('lists exactly the codes of the table, with their traits', () => {
    const page = readFileSync(new URL('../../../specs/ERRORS.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\w+) \| (yes|no) \| (\d+) \| (.+) \|$/gm)].map(
      ([, code, category, retryable, exitCode, action]) => ({ code, category, retryable, exitCode, action }),
    );
    expect(rows).toEqual(
      Object.entries(errorTraits).map(([code, traits]) => ({
        code,
        category: traits.category,
        retryable: traits.retryable ? 'yes' : 'no',
        exitCode: String(traits.exitCode),
        action: traits.suggestedAction,
      })),
    );
  });
});
