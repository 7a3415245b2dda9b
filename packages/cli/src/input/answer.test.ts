import { describe, expect, it } from 'vitest';
import type { Question } from '@oatty/types';
import { parseAnswer } from './answer.ts';

describe('an answer on the command line', () => {
  it('is the value of the first field', () => {
    expect(parseAnswer(aQuestion({ choice: { type: 'string' }, comment: {} }), 'approve')).toEqual({
      choice: 'approve',
    });
  });

  it('is a whole one when it is an object', () => {
    const text = '{"decision": "skip", "output": "1"}';
    expect(parseAnswer(aQuestion({ decision: {} }), text)).toEqual({ decision: 'skip', output: '1' });
  });

  it.each([
    ['yes', { type: 'boolean' }, true],
    ['n', { type: 'boolean' }, false],
    ['maybe', { type: 'boolean' }, 'maybe'],
    ['12', { type: 'integer' }, 12],
    ['x', { type: 'number' }, 'x'],
    ['12', { type: 'string' }, '12'],
  ])('%s is read as %j asks', (text, schema, value) => {
    expect(parseAnswer(aQuestion({ field: schema }), text)).toEqual({ field: value });
  });

  it('that begins as an object has to be one', () => {
    expect(() => parseAnswer(aQuestion({ field: {} }), '{"a"')).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});

function aQuestion(properties: Readonly<Record<string, object>>): Question {
  return { question_id: 'q', kind: 'decision', message: '?', schema: { type: 'object', properties } };
}
