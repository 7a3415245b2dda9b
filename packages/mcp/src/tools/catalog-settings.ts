/** The properties of a catalog's settings; values of headers and credentials are masked. */
import type { Tool } from './tool.ts';

export const catalogSettingsOutput: Tool['output'] = {
  catalog_id: 'string',
  title: 'string',
  vendor: 'string',
  kind: 'string',
  enabled: 'boolean',
  base_url: 'any',
  command_count: 'integer',
  source: 'string',
  description: 'string',
  base_urls: 'array',
  headers: 'object',
  auth: 'object',
  security_schemes: 'object',
};
