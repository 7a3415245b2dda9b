import { expect, it } from 'vitest';
import { toDurationText } from './duration-text.ts';

it.each([
  [0, '0 ms'],
  [3.4, '3 ms'],
  [999.6, '1.0 s'],
  [1_200, '1.2 s'],
  [9_960, '10 s'],
  [12_000, '12 s'],
  [59_700, '1 min 0 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
])('writes %d ms as %s', (ms, text) => {
  expect(toDurationText(ms)).toBe(text);
});
