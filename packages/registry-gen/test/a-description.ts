import { generateCatalog, type GenerateOptions, type LoadedDescription } from '../src/index.ts';
import type { Command } from '@oatty/types';

/** A loaded OpenAPI 3.0 description with one server; members replace the defaults. */
export function aDescription(members: Readonly<Record<string, unknown>> = {}): LoadedDescription {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: 'https://api.shop.test' }],
    paths: {},
    ...members,
  };
  return {
    source: 'shop.yaml',
    sourceType: 'path',
    location: 'file:///api/shop.yaml',
    document: JSON.parse(JSON.stringify(document)),
    warnings: [],
  };
}

/** The commands of a description by the part of their id after the vendor. */
export function commandsOf(
  members: Readonly<Record<string, unknown>>,
  options: GenerateOptions = {},
): Readonly<Record<string, Command>> {
  const { manifest } = generateCatalog(aDescription(members), options);
  return Object.fromEntries(manifest.commands.map((command) => [command.id.replace(/^\S+ /, ''), command]));
}
