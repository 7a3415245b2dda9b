import { describe, expect, it } from 'vitest';
import { aDescription } from '../test/a-description.ts';
import { validateDescription } from './validate-description.ts';

const operation = { responses: {} };

describe('validateDescription', () => {
  it('counts the operations of all methods', () => {
    const paths = {
      '/a': { get: operation, head: operation, parameters: [] },
      '/b': { post: operation },
      'x-c': {},
    };

    expect(validateDescription(aDescription({ paths }))).toEqual({
      valid: true,
      document_kind: 'openapi_3',
      operation_count: 3,
      warnings: [],
      violations: [],
    });
  });

  it.each([
    [undefined, 'paths_required'],
    [['/a'], 'paths_type'],
    [{}, 'operations_presence'],
    [{ '/a': { summary: 'nothing' } }, 'operations_presence'],
  ])('finds %j not enough to import', (paths, rule) => {
    expect(validateDescription(aDescription({ paths }))).toMatchObject({
      valid: false,
      document_kind: 'openapi_3',
      violations: [{ path: '$.paths', rule }],
    });
  });

  it('says what else a document is', () => {
    const document = { arazzo: '1.0.0', workflows: [] };

    expect(validateDescription({ ...aDescription(), document })).toMatchObject({
      valid: false,
      document_kind: 'unknown',
      operation_count: 0,
      violations: [
        { rule: 'openapi_version', message: expect.stringContaining('an Arazzo workflow document') },
      ],
    });
  });

  it('warns about callbacks, naming the operation', () => {
    const post = { callbacks: { done: { '{$request.body#/url}': { post: {} } } } };

    const { warnings } = validateDescription(
      aDescription({ paths: { '/a': { post, get: { callbacks: {} } } } }),
    );

    expect(warnings).toEqual(['POST /a: its callbacks are calls of the API to others, and no commands.']);
  });

  it('warns about equal operation ids, a missing title and webhooks', () => {
    const paths = { '/a': { get: { operationId: 'same' }, put: { operationId: 'same' } } };
    const { valid, warnings } = validateDescription(aDescription({ info: {}, paths, webhooks: {} }));

    expect(valid).toBe(true);
    expect(warnings).toEqual([
      'info: the description has no title.',
      'webhooks: calls of the API to others are no commands.',
      'PUT /a: has the same operationId as GET /a: "same".',
    ]);
  });
});
