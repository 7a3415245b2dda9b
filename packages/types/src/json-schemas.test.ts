import { describe, expect, it } from 'vitest';
import { documentNames, toDocumentSchema } from './json-schemas.ts';
import type { JsonSchema } from './json.ts';

describe('toDocumentSchema', () => {
  it('names every kind of document', () => {
    expect(documentNames).toEqual([
      'workflow',
      'command',
      'catalog',
      'catalog_entry',
      'provider_contract',
      'run',
      'run_event',
      'error',
    ]);
  });

  it.each(documentNames)('gives %s as a described schema of dialect 2020-12', (name) => {
    const schema = toDocumentSchema(name);
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.description).toEqual(expect.any(String));
  });

  it('describes every field of a manifest', () => {
    expect(undescribed(toDocumentSchema('workflow'))).toEqual([]);
  });

  it('closes every object of a manifest', () => {
    const open = objectsIn(toDocumentSchema('workflow')).filter(
      ({ schema }) => schema.properties !== undefined && schema.additionalProperties !== false,
    );
    expect(open.map(({ path }) => path)).toEqual([]);
  });
});

// --- internal ---

interface Place {
  readonly path: string;
  readonly schema: JsonSchema;
}

function objectsIn(schema: JsonSchema, path = '$'): Place[] {
  const nested: Place[] = [{ path, schema }];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    nested.push(...objectsIn(property, `${path}.${name}`));
  }
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
    nested.push(...objectsIn(branch, path));
  }
  if (schema.items !== undefined) nested.push(...objectsIn(schema.items, `${path}[]`));
  if (typeof schema.additionalProperties === 'object') {
    nested.push(...objectsIn(schema.additionalProperties, `${path}.*`));
  }
  return nested;
}

function undescribed(root: JsonSchema): string[] {
  return objectsIn(root).flatMap(({ path, schema }) =>
    Object.entries(schema.properties ?? {})
      .filter(([, property]) => property.description === undefined)
      .map(([name]) => `${path}.${name}`),
  );
}
