import { describe, expect, it } from 'vitest';
import { isPassing, toPostgresError } from './postgres-error.ts';

describe('an error of the connection', () => {
  it.each([
    'Client has encountered a connection error and is not queryable',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
  ])('passes when nothing was sent: %s', (message) => {
    expect(isPassing(new Error(message))).toBe(true);
  });

  it('does not pass when nobody knows what was done', () => {
    const broken = new Error('Connection terminated unexpectedly');
    expect(isPassing(broken)).toBe(false);
    expect(toPostgresError(broken, 'db')).toMatchObject({ code: 'STORAGE_FAILED', retryable: false });
  });

  it.each(['42P01', '42703'])('names a newer oatty where tables or columns are gone: %s', (code) => {
    expect(toPostgresError(Object.assign(new Error('gone'), { code }), 'db')).toMatchObject({
      code: 'STORAGE_FAILED',
      message: 'The database db cannot be used: its tables are not those that this oatty has opened.',
    });
  });
});
