/** Small catalogs with valid defaults. */
import { toCatalogId } from '@oatty/types';
import type { CatalogManifest, Command } from '@oatty/types';

export function aCommand(id: string, fields: Partial<Command> = {}): Command {
  return {
    id,
    summary: `Summary of ${id}`,
    effect: 'safe',
    parameters: [],
    execution: { kind: 'http', method: 'GET', path: `/${id.replaceAll(/[ :]/g, '/')}` },
    ...fields,
  };
}

export function aManifest(fields: Partial<CatalogManifest> = {}): CatalogManifest {
  const title = fields.title ?? 'Shop API';
  const vendor = fields.vendor ?? 'shop';
  return {
    format_version: 1,
    id: toCatalogId(title),
    title,
    vendor,
    description: 'A small shop.',
    kind: 'openapi',
    document: 'openapi 3.1.0',
    base_urls: ['https://shop.example'],
    security_schemes: { key: { kind: 'api_key', in: 'header', name: 'X-Key' } },
    commands: [aCommand(`${vendor} orders:info`), aCommand(`${vendor} orders:list`)],
    providers: [{ command: `${vendor} orders:list`, arguments: [], fields: [{ name: 'id', tags: ['id'] }] }],
    schemas: { Order: { type: 'object', properties: { id: { type: 'string' } } } },
    ...fields,
  };
}
