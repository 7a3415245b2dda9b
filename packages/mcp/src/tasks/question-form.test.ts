import type { JsonSchema, Question } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { toAnswer, toForm } from './question-form.ts';

describe('toForm', () => {
  it('keeps what a form can show', () => {
    const form = toForm(
      aQuestion({
        amount: { type: 'integer', minimum: 1, maximum: 9, default: 2, description: 'How many.' },
        note: { type: 'string', title: 'Note', minLength: 1, maxLength: 20, format: 'email' },
        gift: { type: 'boolean', default: true },
      }),
    );
    expect(form).toEqual({
      message: 'Needs values.',
      schema: {
        type: 'object',
        properties: {
          amount: { type: 'integer', minimum: 1, maximum: 9, default: 2, description: 'How many.' },
          note: { type: 'string', title: 'Note', minLength: 1, maxLength: 20, format: 'email' },
          gift: { type: 'boolean', default: true },
        },
        required: ['amount'],
      },
    });
  });

  it('drops keywords and formats that forms do not have', () => {
    const form = toForm(
      aQuestion({ id: { type: 'string', pattern: '^ord_', format: 'uuid', examples: ['x'] } }),
    );
    expect(form.schema.properties).toEqual({ id: { type: 'string' } });
  });

  it('offers the values of an enum and of a list of constants', () => {
    const form = toForm(
      aQuestion({
        size: { enum: [1, 2] },
        order: { oneOf: [{ const: 'ord_1', title: 'First order' }, { const: 'ord_2' }] },
      }),
    );
    expect(form.schema.properties).toEqual({
      size: {
        type: 'string',
        oneOf: [
          { const: '1', title: '1' },
          { const: '2', title: '2' },
        ],
      },
      order: {
        type: 'string',
        oneOf: [
          { const: 'ord_1', title: 'First order' },
          { const: 'ord_2', title: 'ord_2' },
        ],
      },
    });
  });

  it('shows the labels of an enum that has them', () => {
    const form = toForm(aQuestion({ order: { enum: ['ord_1'], enumNames: ['First order'] } }));
    expect(form.schema.properties).toEqual({
      order: { type: 'string', oneOf: [{ const: 'ord_1', title: 'First order' }] },
    });
  });

  it('asks for a confirmation without fields', () => {
    const question = { ...aQuestion({ confirm: { type: 'boolean' } }), kind: 'confirmation' as const };
    expect(toForm(question).schema).toEqual({ type: 'object', properties: {} });
    expect(toAnswer(question, {})).toEqual({ confirm: true });
  });

  it('asks for lists and objects as JSON', () => {
    const form = toForm(aQuestion({ lines: { type: 'array', description: 'Order lines.' } }));
    expect(form.schema.properties).toEqual({
      lines: { type: 'string', description: 'Order lines. As JSON (array).' },
    });
  });
});

describe('toAnswer', () => {
  it('gives back the value that was offered, with its type', () => {
    const question = aQuestion({
      size: { enum: [1, 2] },
      order: { oneOf: [{ const: 'ord_1', title: 'First' }] },
    });
    expect(toAnswer(question, { size: '2', order: 'ord_1' })).toEqual({ size: 2, order: 'ord_1' });
  });

  it('reads JSON where the value is a list or an object', () => {
    expect(toAnswer(aQuestion({ lines: { type: 'array' } }), { lines: '[1, 2]' })).toEqual({ lines: [1, 2] });
  });

  it('refuses text that is to be JSON and is not', () => {
    expect(() => toAnswer(aQuestion({ lines: { type: 'array' } }), { lines: '[1' })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', message: '"lines" is to be JSON (array).' }),
    );
  });

  it('ignores what was not asked', () => {
    expect(toAnswer(aQuestion({ a: { type: 'string' } }), { a: 'x', b: 'y' })).toEqual({ a: 'x' });
  });
});

// --- internal ---

function aQuestion(properties: Record<string, JsonSchema>): Question {
  const required = Object.keys(properties).slice(0, 1);
  const schema = { type: 'object', properties, ...(properties.amount && { required }) };
  return { question_id: 'q', kind: 'input', message: 'Needs values.', schema };
}
