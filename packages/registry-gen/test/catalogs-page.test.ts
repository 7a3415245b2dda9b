import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { generateCatalog } from '../src/generate-catalog.ts';

const page = readFileSync(new URL('../../../specs/CATALOGS.md', import.meta.url), 'utf8');

describe('specs/CATALOGS.md', () => {
  it('names the operations of its table as the import does', () => {
    const rows = [...page.matchAll(/^\| `([A-Z]+) (\S+)` \| `(.+)` \|$/gm)].map(([, method, path, id]) => ({
      method: method ?? '',
      path: path ?? '',
      id: id ?? '',
    }));
    const paths: Record<string, Record<string, object>> = {};
    for (const { method, path } of rows) {
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      }));
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: { parameters, responses: { 200: { description: 'ok' } } },
      };
    }
    const { manifest } = generateCatalog(
      {
        source: 'page',
        sourceType: 'path',
        location: 'file:///page.yaml',
        document: { openapi: '3.1.0', info: { title: 'Shop API', version: '1' }, paths } as never,
        warnings: [],
      },
      { vendor: 'shop' },
    );
    const made = manifest.commands.map(({ id, execution }) =>
      execution.kind === 'http' ? { method: execution.method, path: execution.path, id } : undefined,
    );
    expect(rows.length).toBe(7);
    expect(made).toEqual(expect.arrayContaining(rows));
  });
});
