import { describe, expect, it } from 'vitest';
import { boundViolations, boundWarnings } from './bounded-findings.ts';
import { OattyError } from './error.ts';

const many = Array.from({ length: 50_000 }, (_, index) => ({
  path: `$.with.p${index}`,
  rule: 'parameter_unknown',
  message: `No "p${index}".`,
}));

describe('findings in an answer', () => {
  it('are the first 100 and the number of the rest', () => {
    const told = boundViolations(many);
    expect(told).toHaveLength(101);
    expect(told[99]?.path).toBe('$.with.p99');
    expect(told[100]).toEqual({ path: '$', rule: 'more_findings', message: 'There are 49900 more.' });
  });

  it('are all told while there are no more than 100', () => {
    expect(boundViolations(many.slice(0, 100))).toEqual(many.slice(0, 100));
  });

  it('are bounded in every error', () => {
    const error = new OattyError('ARGUMENT_INVALID', 'Bad.', { violations: many });
    expect(error.options.violations).toHaveLength(101);
    expect(error.toPayload().violations).toHaveLength(101);
  });

  it('stay as they are when an error is made from another', () => {
    const error = new OattyError('ARGUMENT_INVALID', 'Bad.', { violations: many });
    expect(new OattyError(error.code, error.message, error.options).options.violations).toEqual(
      error.options.violations,
    );
  });

  it('name what was sent and are never as large', () => {
    const long = 'x'.repeat(1_000_000);
    const bad = {
      path: `$.${long}`,
      rule: 'r',
      message: long,
      expected: Array(5_000).fill(long),
      actual: long,
    };
    expect(JSON.stringify(boundViolations([{ ...bad, suggestion: long }])).length).toBeLessThan(250_000);
  });

  it('are bounded too where they are texts', () => {
    const told = boundWarnings(Array.from({ length: 103 }, (_, index) => `Warning ${index}.`));
    expect(told.slice(99)).toEqual(['Warning 99.', 'There are 3 more.']);
  });
});
