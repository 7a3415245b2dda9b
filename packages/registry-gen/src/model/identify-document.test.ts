import { describe, expect, it } from 'vitest';
import { identifyDocument } from './identify-document.ts';

describe('identifyDocument', () => {
  it.each([
    [{ openapi: '3.0.3' }, 'openapi_3', '3.0'],
    [{ openapi: '3.1.1' }, 'openapi_3', '3.1'],
    [{ openapi: '3.2.0' }, 'openapi_3', '3.2'],
    [{ openapi: 3.1 }, 'openapi_3', '3.1'],
    [{ openapi: 3 }, 'openapi_3', '3.0'],
    [{ swagger: '2.0' }, 'openapi_2', '2.0'],
    [{ swagger: 2 }, 'openapi_2', '2.0'],
  ])('takes %j', (document, kind, version) => {
    expect(identifyDocument(document)).toMatchObject({ kind, version });
  });

  it.each([
    [{ openapi: '3.3.0' }, 'OpenAPI 3.3.0'],
    [{ openapi: '4.0.0' }, 'OpenAPI 4.0.0'],
    [{ openapi: 'hush-hush' }, 'OpenAPI of an unknown version'],
    [{ swagger: '1.2' }, 'Swagger 1.2'],
    [{ arazzo: '1.0.0', workflows: [] }, 'an Arazzo workflow document'],
    [{ asyncapi: '3.0.0' }, 'an AsyncAPI document'],
    [{ info: { _postman_id: 'x' }, item: [] }, 'a Postman collection'],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema' }, 'a JSON Schema'],
    [{ workflow: 'a', steps: [] }, 'an oatty workflow'],
    [{ log: { entries: [] } }, 'a HAR recording'],
    [{ data: { __schema: {} } }, 'a GraphQL schema'],
    [{ anything: 1 }, 'an object without the field "openapi" or "swagger"'],
    [[1, 2], 'a list'],
    ['text', 'a single value'],
  ])('calls %j by its name', (document, what) => {
    expect(identifyDocument(document)).toEqual({ kind: 'unknown', what });
  });
});
