import { describe, expect, it } from 'vitest';
import { elapsedMs, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1m30s', 90_000],
    ['1.5s', 1_500],
    [2, 2_000],
    ['2', 2_000],
    [0.25, 250],
    ['36525000d', 3_155_760_000_000_000],
  ])('reads %s as %d milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    'soon',
    '5 m',
    '5x',
    'm',
    '1m-30s',
    '1m30',
    '36525001d',
    1e13,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('refuses %s', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

it('a time that has passed is never less than none', () => {
  expect(elapsedMs('2026-01-01T00:00:00.000Z', new Date('2026-01-01T00:00:01.500Z'))).toBe(1_500);
  expect(elapsedMs('2026-01-01T01:00:00.000Z', '2026-01-01T00:00:00.000Z')).toBe(0);
});
