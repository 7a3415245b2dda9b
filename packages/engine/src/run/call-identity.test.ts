import { describe, expect, it } from 'vitest';
import type { HttpMethod } from '@oatty/types';
import type { CallingStep } from '../ports/command-executor.ts';
import type { CatalogSummary, FoundCommand } from '../ports/command-source.ts';
import { aCommand } from '../testing/builders.ts';
import { aCatalogSummary } from '../testing/fake-api.ts';
import { childRunIdOf, idempotencyKeyOf, nameCall } from './call-identity.ts';

describe('an idempotency key', () => {
  it('is the same on every attempt, in every process, for ever', () => {
    expect(idempotencyKeyOf(post(), aCall())).toBe('e163ca75-508a-8560-abcb-584fcb8e5256');
    expect(idempotencyKeyOf(post(), aCall({ attempt: 7 }))).toBe(idempotencyKeyOf(post(), aCall()));
  });

  it('is the same in a run that resumes another one', () => {
    expect(idempotencyKeyOf(post(), aCall({ runId: 'resumed' }))).toBe(idempotencyKeyOf(post(), aCall()));
  });

  it('differs by root run, step, item, poll and the call around it', () => {
    const calls = [
      aCall(),
      aCall({ rootRunId: 'other' }),
      aCall({ path: ['other#1'] }),
      aCall({ path: ['pay[0]#1'] }),
      aCall({ path: ['pay[1]#1'] }),
      aCall({ path: ['pay#2'] }),
      aCall({ path: ['outer#1', 'pay#1'] }),
      aCall({ path: ['outer[1]#1', 'pay#1'] }),
    ];
    expect(new Set(calls.map((call) => idempotencyKeyOf(post(), call))).size).toBe(calls.length);
  });

  it.each<[HttpMethod, boolean]>([
    ['GET', false],
    ['HEAD', false],
    ['OPTIONS', false],
    ['POST', true],
    ['PUT', true],
    ['PATCH', true],
    ['DELETE', true],
  ])('goes with what changes something: %s', (method, isSent) => {
    expect(idempotencyKeyOf(found(method), aCall()) !== undefined).toBe(isSent);
  });

  it('is not made where the catalog turns it off', () => {
    const off = found('POST', { idempotency: { header: null, honoured: false } });
    expect(idempotencyKeyOf(off, aCall())).toBeUndefined();
  });
});

describe('the id of a child run', () => {
  it('follows from its parent run, the call and the attempt', () => {
    const calls = [
      aCall(),
      aCall({ runId: 'other' }),
      aCall({ attempt: 2 }),
      aCall({ poll: 2 }),
      aCall({ item: 0 }),
    ];
    expect(new Set(calls.map(childRunIdOf)).size).toBe(calls.length);
    expect(childRunIdOf(aCall())).toBe(childRunIdOf(aCall({ rootRunId: 'same', path: ['same'] })));
  });
});

describe('the name of a call', () => {
  it('has the step, the item and the poll', () => {
    expect(nameCall({ stepId: 'pay', poll: 1 })).toBe('pay#1');
    expect(nameCall({ stepId: 'pay', item: 2, poll: 3 })).toBe('pay[2]#3');
  });
});

function aCall(parts: Partial<CallingStep> = {}): CallingStep {
  return { runId: 'run', rootRunId: 'root', path: ['pay#1'], stepId: 'pay', poll: 1, attempt: 1, ...parts };
}

function found(method: HttpMethod, catalog: Partial<CatalogSummary> = {}): FoundCommand {
  return { command: aCommand('shop pay', method), catalog: aCatalogSummary(catalog), schemas: {} };
}

function post(): FoundCommand {
  return found('POST');
}
