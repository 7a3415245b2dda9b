import { describe, expect, it } from 'vitest';
import { CallLog, type RecordedCall } from './call-log.ts';

describe('CallLog', () => {
  it('drops the oldest calls beyond its limit', () => {
    const log = new CallLog(2);
    for (const path of ['/a', '/b', '/c']) log.add(aCall({ path }));
    expect(log.list().map(({ path }) => path)).toEqual(['/b', '/c']);
  });

  it('takes no harm from a change of a call that is gone', () => {
    const log = new CallLog(1);
    const first = log.add(aCall({ path: '/a' }));
    log.add(aCall({ path: '/b' }));
    log.change(first, { status: 200 });
    expect(log.list()).toMatchObject([{ path: '/b', status: null }]);
  });
});

function aCall(change: Partial<RecordedCall>): RecordedCall {
  return {
    operation_id: 'getHealth',
    method: 'GET',
    path: '/health',
    query: '',
    headers: {},
    idempotency_key: null,
    body: null,
    outcome: 'in_flight',
    status: null,
    ...change,
  };
}
