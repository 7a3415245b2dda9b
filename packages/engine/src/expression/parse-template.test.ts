import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { parseCondition, parseTemplate, templateExpressions } from './parse-template.ts';

describe('parseTemplate', () => {
  it('keeps a string without templates as it is', () => {
    expect(parseTemplate('plain {{ x }} $ {')).toEqual({ kind: 'literal', text: 'plain {{ x }} $ {' });
    expect(parseTemplate('')).toEqual({ kind: 'literal', text: '' });
  });

  it('tells a string that is exactly one template from one with text around it', () => {
    expect(parseTemplate('${{ inputs.a }}').kind).toBe('whole');
    expect(parseTemplate('${{inputs.a}}').kind).toBe('whole');
    expect(parseTemplate(' ${{ inputs.a }}').kind).toBe('mixed');
    expect(parseTemplate('${{ inputs.a }}${{ inputs.b }}').kind).toBe('mixed');
  });

  it('knows where each expression and its wrapper are in the string', () => {
    const template = parseTemplate('id=${{ inputs.a }}; ${{steps.b.c}}');
    expect(template).toMatchObject({
      kind: 'mixed',
      parts: [
        { kind: 'text', text: 'id=' },
        { kind: 'expression', start: 3, end: 18, expression: { start: 7, end: 15, text: 'inputs.a' } },
        { kind: 'text', text: '; ' },
        { kind: 'expression', start: 20, end: 34, expression: { start: 23, end: 32, text: 'steps.b.c' } },
      ],
    });
    expect(templateExpressions(template).map((expression) => expression.text)).toEqual([
      'inputs.a',
      'steps.b.c',
    ]);
  });

  it.each([
    ['${{ "}}" }}', '"}}"'],
    ["${{ '${{' }}", "'${{'"],
    ['${{ {a: {b: 1}} }}', '{a: {b: 1}}'],
    ['${{ {a: {b: 1}}}}', '{a: {b: 1}}'],
    ['${{{}}}', '{}'],
    ["${{ '\\'}}' }}", "'\\'}}'"],
  ])('finds the end of %s', (text, expression) => {
    expect(parseTemplate(text)).toMatchObject({ kind: 'whole', expression: { text: expression } });
  });

  it.each([
    ['$${{ inputs.a }}', '${{ inputs.a }}'],
    ['a $${{', 'a ${{'],
    ['$$${{', '$${{'],
    ['$${{$${{', '${{${{'],
  ])('reads the escape in %s', (text, literal) => {
    expect(parseTemplate(text)).toEqual({ kind: 'literal', text: literal });
  });

  it('takes an escape beside a template', () => {
    expect(parseTemplate('${{ 1 }}$${{ 2 }}')).toMatchObject({
      parts: [{ expression: { value: 1 } }, { kind: 'text', text: '${{ 2 }}' }],
    });
  });

  it.each([
    ['a ${{ inputs.a', 2],
    ['${{', 0],
    ['${{ ', 0],
    ['${{ inputs.a }', 13],
    ['${{ inputs.a } }', 13],
    ['${{ }}', 4],
    ['x ${{ inputs.a }} ${{ "y }}', 22],
    ['${{ inputs.a ${{ inputs.b }} }}', 13],
    ['${{ 1 2 }}', 6],
  ])('refuses %s at position %d', (text, position) => {
    const error = errorOf(() => parseTemplate(text));
    expect(error.code).toBe('EXPRESSION_INVALID');
    expect(error.options.context).toMatchObject({ position });
  });

  it('limits the expression and not the text around it', () => {
    expect(parseTemplate(`${'x'.repeat(20_000)}\${{ 1 }}`).kind).toBe('mixed');
    const error = errorOf(() => parseTemplate(`\${{ '${'x'.repeat(20_000)}' }}`));
    expect(error.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('parseCondition', () => {
  it.each([
    ['inputs.a', 0],
    ['  inputs.a ', 2],
    ['${{ inputs.a }}', 4],
    [' ${{inputs.a}} ', 4],
  ])('takes %s with or without the wrapper', (text, start) => {
    expect(parseCondition(text)).toMatchObject({ kind: 'path', start, text: 'inputs.a' });
  });

  it.each([
    '${{ inputs.a }} && ${{ inputs.b }}',
    'inputs.a && ${{ inputs.b }}',
    '${{ inputs.a',
    '',
    '${{ }}',
  ])('refuses "%s"', (text) => {
    expect(errorOf(() => parseCondition(text)).code).toBe('EXPRESSION_INVALID');
  });
});

// --- internal ---

function errorOf(parse: () => unknown): OattyError {
  try {
    parse();
  } catch (error) {
    return OattyError.from(error);
  }
  throw new Error('nothing was thrown');
}
