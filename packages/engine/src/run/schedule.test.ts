import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { compileWorkflow } from './compile-workflow.ts';
import { defaultRunLimits } from './run-limits.ts';
import { Schedule } from './schedule.ts';

describe('the schedule', () => {
  it('gives every step that is ready, in declaration order', () => {
    const schedule = aSchedule({ a: [], b: ['a'], c: [], d: ['c'] });
    expect(takeAll(schedule)).toEqual(['a', 'c']);
  });

  it('puts a step that becomes ready before later ones', () => {
    const schedule = aSchedule({ a: ['z'], b: [], c: [], z: [] });
    expect(schedule.next()?.step.id).toBe('b');
    expect(schedule.next()?.step.id).toBe('c');
    expect(schedule.next()?.step.id).toBe('z');
    schedule.end('z');
    expect(takeAll(schedule)).toEqual(['a']);
  });

  it('waits for everything that a step waits for', () => {
    const schedule = aSchedule({ a: ['b', 'c'], b: [], c: [] });
    takeAll(schedule);
    schedule.end('b');
    expect(takeAll(schedule)).toEqual([]);
    schedule.end('c');
    expect(takeAll(schedule)).toEqual(['a']);
  });

  it('leaves out what has ended already, and does not wait for it', () => {
    const schedule = aSchedule({ a: [], b: ['a'], c: ['b'] }, ['a']);
    expect(takeAll(schedule)).toEqual(['b']);
  });

  it('takes up what is in flight before anything new', () => {
    const schedule = aSchedule({ a: [], b: [], c: [], d: [] }, ['d'], ['b', 'c', 'd']);
    expect(takeAll(schedule)).toEqual(['b', 'c', 'a']);
  });

  it('orders a thousand steps that depend on each other backwards', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `s${index}`);
    const schedule = aSchedule(
      Object.fromEntries(ids.map((id, index) => [id, ids.slice(index + 1, index + 2)])),
    );
    const order: string[] = [];
    for (let next = schedule.next(); next !== undefined; next = schedule.next()) {
      order.push(next.step.id);
      schedule.end(next.step.id);
    }
    expect(order).toEqual(ids.toReversed());
  });
});

function aSchedule(
  needs: Readonly<Record<string, readonly string[]>>,
  ended: readonly string[] = [],
  begun: readonly string[] = [],
): Schedule {
  const steps = Object.entries(needs).map(([id, ids]) => aStep(id, 'shop get', { depends_on: [...ids] }));
  const { steps: compiled } = compileWorkflow(aWorkflow({ steps }), defaultRunLimits);
  return new Schedule(compiled, new Set(ended), new Set(begun));
}

function takeAll(schedule: Schedule): readonly string[] {
  const taken: string[] = [];
  for (let next = schedule.next(); next !== undefined; next = schedule.next()) taken.push(next.step.id);
  return taken;
}
