import { describe, expect, it } from 'vitest';
import { parseSettingText } from './setting-text.ts';

describe('parseSettingText', () => {
  it.each([
    ['', []],
    ['plain', ['plain']],
    ['${env:TOKEN}', [{ kind: 'env', name: 'TOKEN' }]],
    ['Bearer ${secret: A }!', ['Bearer ', { kind: 'secret', name: 'A' }, '!']],
    [
      '${env:A}${secret:B}',
      [
        { kind: 'env', name: 'A' },
        { kind: 'secret', name: 'B' },
      ],
    ],
    ['$${env:A}', ['$', { kind: 'env', name: 'A' }]],
    ['${file:A} ${env:} ${env:A', ['${file:A} ${env:} ${env:A']],
  ])('cuts %j into text and references', (text, parts) => {
    expect(parseSettingText(text)).toEqual(parts);
  });
});
