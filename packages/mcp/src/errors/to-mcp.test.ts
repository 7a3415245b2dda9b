import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { fromPayload, ProtocolError, toInvalidParams, toProtocolError, toToolFailure } from './to-mcp.ts';

describe('errors on the wire', () => {
  it('make a tool failure with the same payload as content and as text', () => {
    const error = new OattyError('WORKFLOW_NOT_FOUND', 'No workflow "x".', { context: { workflow_id: 'x' } });
    const result = toToolFailure(error);
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toEqual(error.toErrorData());
    expect(JSON.parse(result.content[0]?.text ?? '')).toEqual(error.toErrorData());
  });

  it('begin with the code, because hosts often drop the data', () => {
    const error = new OattyError('ARGUMENT_INVALID', 'No.', { suggestedAction: 'Say yes.' });
    const { message, data } = new ProtocolError(error);
    expect([message, data.message]).toEqual(['ARGUMENT_INVALID: No. Say yes.', 'No.']);
  });

  it('say nothing of an error that nobody foresaw', () => {
    const error = toProtocolError(new Error('password is hunter2'));
    expect(error.data.error_code).toBe('INTERNAL');
    expect(JSON.stringify([error.message, error.data])).not.toContain('hunter2');
  });

  it('keep a JSON-RPC number that was chosen before', () => {
    const chosen = new ProtocolError(new OattyError('ARGUMENT_INVALID', 'No.'), -32_601);
    expect(toInvalidParams(chosen)).toBe(chosen);
  });

  it('are invalid params whatever the caller did wrong, and internal when it was us', () => {
    expect(toInvalidParams(new OattyError('RUN_NOT_FOUND', 'No.')).code).toBe(-32_602);
    expect(toInvalidParams(new OattyError('RUN_STATE_CONFLICT', 'No.')).code).toBe(-32_602);
    expect(toInvalidParams(new Error('oops')).code).toBe(-32_603);
  });

  it('come back from a payload as they were', () => {
    const error = new OattyError('STEP_FAILED', 'Step "pay" failed.', {
      stepId: 'pay',
      command: 'shop payments:create',
      responsePayload: { reason: 'card' },
      retryable: true,
      violations: [{ path: '$', rule: 'r', message: 'm' }],
    });
    expect(fromPayload(error.toPayload()).toErrorData()).toEqual(error.toErrorData());
  });
});
