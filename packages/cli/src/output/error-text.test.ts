import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import { toErrorText } from './error-text.ts';
import { plainStyle } from './text-style.ts';

const { paint } = plainStyle;
const toText = (error: OattyError, verbose = false) =>
  toErrorText(error.toPayload(), { paint, verbose, cause: error.cause });

describe('toErrorText', () => {
  it('says in one line what happened and in one what to do', () => {
    const error = new OattyError('WORKFLOW_NOT_FOUND', 'There is no workflow "x".', {
      suggestedAction: 'List them.',
    });
    expect(toText(error)).toBe('error: There is no workflow "x".\nhelp:  List them.');
  });

  it('lists violations with their places', () => {
    const violations: Violation[] = [
      {
        path: '$.steps[1].run',
        rule: 'r',
        message: 'No command "a".',
        line: 7,
        column: 10,
        suggestion: 'Try "b".',
      },
      { path: '$', rule: 'r', message: 'Missing.' },
    ];
    expect(
      toText(new OattyError('WORKFLOW_VALIDATION_FAILED', 'Bad.', { violations }))
        .split('\n')
        .slice(1, 3),
    ).toEqual(['  $.steps[1].run (line 7, column 10): No command "a". Try "b".', '  $: Missing.']);
  });

  it('does not say the same thing twice', () => {
    const violations: Violation[] = [
      { path: '$.with.order', rule: 'r', message: 'It needs "order". Give it.' },
    ];
    expect(toText(new OattyError('ARGUMENT_INVALID', 'It needs "order".', { violations }))).not.toContain(
      'Give it',
    );
  });

  it('knows arguments by the names that they have on the command line', () => {
    const violations: Violation[] = [
      { path: '$.with.page_size', rule: 'r', message: 'Not a number.' },
      { path: '$.inputs.order_id', rule: 'r', message: 'Too short.' },
    ];
    const lines = toText(new OattyError('ARGUMENT_INVALID', 'Bad.', { violations })).split('\n');
    expect(lines.slice(1, 3)).toEqual(['  --page_size: Not a number.', '  --input order_id: Too short.']);
  });

  it('says in which step a run failed', () => {
    const error = new OattyError('HTTP_ERROR', 'GET /x answered 500', { stepId: 'charge' });
    expect(toText(error)).toContain('error: Step "charge": GET /x answered 500');
    const known = new OattyError('STEP_TIMEOUT', 'Step "charge" took too long.', { stepId: 'charge' });
    expect(toText(known)).toContain('error: Step "charge" took too long.');
  });

  it('stops after 100 violations and says how many are left', () => {
    const violations = Array.from({ length: 103 }, (_, index) => ({
      path: `$.${index}`,
      rule: 'r',
      message: 'No.',
    }));
    const lines = toText(new OattyError('WORKFLOW_VALIDATION_FAILED', 'Bad.', { violations })).split('\n');
    expect(lines).toHaveLength(103);
    expect(lines[101]).toBe('  $: There are 3 more.');
  });

  it('shows the answer of an API where one message does not say it all', () => {
    const body = { title: 'Bad', errors: [{ field: 'email' }] };
    const detailed = new OattyError('HTTP_ERROR', '400', {
      responsePayload: { status: 400, headers: {}, body },
    });
    expect(toText(detailed)).toContain('      "field": "email"');
    const plain = new OattyError('HTTP_ERROR', '404', {
      responsePayload: { status: 404, headers: {}, body: { title: 'No' } },
    });
    expect(toText(plain)).not.toContain('"title"');
    expect(toText(plain, true)).toContain('"title": "No"');
  });

  it('tells code, correlation id and causes only on request', () => {
    const cause = new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
    const error = new OattyError('NETWORK_ERROR', 'Unreachable.', { cause, correlationId: 'c-1' });
    expect(toText(error)).not.toContain('fetch failed');
    expect(toText(error, true).split('\n').slice(2)).toEqual([
      'code NETWORK_ERROR, correlation id c-1',
      'cause: TypeError: fetch failed',
      'cause: Error: ECONNREFUSED',
    ]);
  });

  it('shows an id for a mistake of ours, and its stack on request', () => {
    const ours = OattyError.from(new Error('oops'));
    expect(toText(ours, true)).toContain('error-text.test.ts');
    expect(toText(ours).split('\n').at(-1)).toBe(`code INTERNAL, correlation id ${ours.correlationId}`);
    const user = new OattyError('ARGUMENT_INVALID', 'Wrong.', { cause: new Error('oops') });
    expect(toText(user, true)).not.toContain('error-text.test.ts');
  });

  it('keeps what others wrote from controlling the terminal', () => {
    const error = new OattyError('HTTP_ERROR', 'says \u001B[2J', {
      violations: [{ path: '\u001B[1m', rule: 'r', message: '\u0007', suggestion: '\u001B]0;x\u0007' }],
      suggestedAction: '\u001B[31m',
    });
    // oxlint-disable-next-line no-control-regex -- they must not be there
    expect(toText(error, true)).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
  });
});
