import { describe, expect, it } from 'vitest';
import { findApiMessage } from './api-message.ts';

describe('findApiMessage', () => {
  it.each([
    [{ message: 'm' }, 'm'],
    [{ error: { code: 'c', message: 'm' } }, 'm'],
    [{ error: 'e', error_description: 'd' }, 'd'],
    [{ title: 't', detail: 'd' }, 'd'],
    [{ title: 't', status: 400 }, 't'],
    [{ errors: [{ detail: 'first' }, { detail: 'second' }] }, 'first'],
    [{ errors: ['first'] }, 'first'],
    [{ message: '', error: 'e' }, 'e'],
    ['plain', 'plain'],
    [{ message: 'two\n  lines' }, 'two lines'],
    ['<html>', undefined],
    [{ code: 7 }, undefined],
    [[], undefined],
    [null, undefined],
    [{ error: { error: { error: { error: { error: 'deep' } } } } }, undefined],
  ])('finds in %j: %j', (body, expected) => {
    expect(findApiMessage(body)).toBe(expected);
  });

  it('cuts a long message', () => {
    expect(findApiMessage({ message: 'x'.repeat(400) })).toBe(`${'x'.repeat(299)}…`);
  });
});
