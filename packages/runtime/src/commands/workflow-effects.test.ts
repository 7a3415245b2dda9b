import { describe, expect, it } from 'vitest';
import type { Effect } from '@oatty/types';
import { effectsOfWorkflows } from './workflow-effects.ts';

const effects: Readonly<Record<string, Effect>> = { read: 'safe', write: 'standard', drop: 'destructive' };

function effectsOf(workflows: Readonly<Record<string, readonly string[]>>): Record<string, Effect> {
  const signed = Object.entries(workflows).map(
    ([id, runs]) => [id, { signature: { parameters: [], runs } }] as const,
  );
  return Object.fromEntries(effectsOfWorkflows(new Map(signed), (run) => effects[run]));
}

describe('effectsOfWorkflows', () => {
  it('takes the greatest effect of the steps, through sub-workflows', () => {
    expect(
      effectsOf({
        a: ['read', 'workflow b'],
        b: ['read', 'workflow c'],
        c: ['write'],
        d: ['read'],
        e: ['drop', 'read'],
      }),
    ).toEqual({ a: 'standard', b: 'standard', c: 'standard', d: 'safe', e: 'destructive' });
  });

  it('takes what is not there for destructive', () => {
    expect(effectsOf({ a: ['gone'], b: ['workflow gone'] })).toEqual({ a: 'destructive', b: 'destructive' });
  });

  it('takes workflows that run each other for destructive', () => {
    expect(effectsOf({ a: ['workflow b'], b: ['read', 'workflow a'], c: ['workflow c'] })).toEqual({
      a: 'destructive',
      b: 'destructive',
      c: 'destructive',
    });
  });

  it('looks at each workflow once, however often it is run', () => {
    const levels = Array.from({ length: 60 }, (_, level) => [
      `w${level}`,
      level === 59 ? ['write'] : [`workflow w${level + 1}`, `workflow w${level + 1}`],
    ]);
    expect(effectsOf(Object.fromEntries(levels))['w0']).toBe('standard');
  });

  it('takes a chain that is longer than any run for destructive', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => [`w${index}`, [`workflow w${index + 1}`]]);
    expect(effectsOf({ ...Object.fromEntries(chain), w5000: ['read'] })['w0']).toBe('destructive');
  });
});
