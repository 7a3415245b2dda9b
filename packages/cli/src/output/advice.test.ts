import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import { toAdvice } from './advice.ts';

describe('toAdvice', () => {
  it('names the options for inputs that are missing', () => {
    const violations = ['order_id', 'amount'].map((name) => ({
      path: `$.inputs.${name}`,
      rule: 'r',
      message: 'm',
    }));
    const error = new OattyError('WORKFLOW_INPUTS_INCOMPLETE', 'Two are missing.', { violations });
    expect(toAdvice(error.toPayload())).toBe('Pass --input order_id=VALUE --input amount=VALUE');
  });

  it('says when to call again, and what to correct', () => {
    const limited = new OattyError('HTTP_ERROR', '429', { context: { status: 429, retry_after_ms: 2_000 } });
    expect(toAdvice(limited.toPayload())).toBe('Call again in 2.0 s.');
    const invalid = new OattyError('HTTP_ERROR', '400', { suggestedAction: 'Read response_payload.' });
    expect(toAdvice(invalid.toPayload())).toBe('Correct what the API says is wrong.');
  });

  it('says what is general in words of the command line', () => {
    expect(toAdvice(new OattyError('WORKFLOW_ALREADY_EXISTS', 'x').toPayload())).toBe(
      'Choose another id, or pass --overwrite.',
    );
  });

  it('leaves precise advice as it is', () => {
    const error = new OattyError('CATALOG_NOT_FOUND', 'x', { suggestedAction: 'Use one of: shop-api.' });
    expect(toAdvice(error.toPayload())).toBe('Use one of: shop-api.');
    expect(toAdvice(new OattyError('EXPRESSION_INVALID', 'x').toPayload())).toBe(
      'Correct the expression at the named position.',
    );
  });
});
