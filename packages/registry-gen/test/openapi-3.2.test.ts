import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../src/index.ts';
import { aDescription } from './a-description.ts';

function generate(members: Record<string, unknown>) {
  const { manifest, warnings } = generateCatalog(aDescription({ openapi: '3.2.0', ...members }));
  const calls = manifest.commands.map(({ id, effect, execution }) => [
    id,
    effect,
    'method' in execution && execution.method,
  ]);
  return { manifest, calls, warnings };
}

describe('OpenAPI 3.2', () => {
  it('has the method QUERY, with a body, and methods of any other name', () => {
    const requestBody = {
      content: { 'application/json': { schema: { properties: { text: { type: 'string' } } } } },
    };
    const item = { query: { requestBody }, additionalOperations: { COPY: {}, LINK: {} } };

    const { calls, manifest } = generate({ paths: { '/a': item } });

    expect(calls).toEqual([
      ['shop a:copy', 'standard', 'COPY'],
      ['shop a:link', 'standard', 'LINK'],
      ['shop a:query', 'safe', 'QUERY'],
    ]);
    expect(manifest.commands[2]?.parameters).toMatchObject([{ name: 'text', in: 'body' }]);
  });

  it('leaves out what cannot be a method, with a warning', () => {
    expect(
      generate({ paths: { '/a': { get: {}, additionalOperations: { 'no method': {} } } } }),
    ).toMatchObject({
      calls: [['shop a:list', 'safe', 'GET']],
      warnings: ['no method /a: this is no HTTP method that can be sent.'],
    });
  });

  it('keeps media types among the components', () => {
    const components = { mediaTypes: { Text: { schema: { type: 'string' } } } };
    const content = { 'application/json': { $ref: '#/components/mediaTypes/Text' } };

    const { manifest } = generate({
      components,
      paths: { '/a': { get: { responses: { 200: { content } } } } },
    });

    expect(manifest.commands[0]?.output_schema).toEqual({ type: 'string' });
  });

  it('has a parameter that is the whole query string', () => {
    const content = { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } };
    const parameters = [{ name: 'filter', in: 'querystring', required: true, content }];

    const { manifest } = generate({ paths: { '/a': { get: { parameters } } } });

    expect(manifest.commands[0]?.parameters).toEqual([
      {
        name: 'filter',
        in: 'query',
        required: true,
        schema: { type: 'object' },
        whole_query: true,
        media_type: 'application/x-www-form-urlencoded',
      },
    ]);
  });

  it('is the only version with these members', () => {
    const paths = { '/a': { get: {}, query: {}, additionalOperations: { COPY: {} } } };

    expect(generate({ openapi: '3.1.0', paths }).calls).toEqual([['shop a:list', 'safe', 'GET']]);
  });
});
