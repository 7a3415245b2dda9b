import { describe, expect, it } from 'vitest';
import { toFileValue } from './file-value.ts';

describe('toFileValue', () => {
  it('reads a path and base64, with a name and a type beside them', () => {
    expect(toFileValue({ file: 'a.png' })).toEqual({ kind: 'path', path: 'a.png' });
    expect(toFileValue({ base64: 'aGk=', filename: 'a.png', media_type: 'image/png' })).toEqual({
      kind: 'base64',
      base64: 'aGk=',
      filename: 'a.png',
      mediaType: 'image/png',
    });
  });

  it.each([
    ['text', 'a.png'],
    ['null', null],
    ['a list', ['a.png']],
    ['an empty object', {}],
    ['both at once', { file: 'a', base64: 'b' }],
    ['another key', { file: 'a', size: 1 }],
    ['a path that is no text', { file: 1 }],
    ['a name that is no text', { file: 'a', filename: 1 }],
  ])('takes %s for something else', (_, value) => {
    expect(toFileValue(value)).toBeUndefined();
  });
});
