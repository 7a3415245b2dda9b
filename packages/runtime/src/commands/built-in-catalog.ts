/** Commands that are always there: `oatty approval`. */
import { approvalCommand } from '@oatty/types';
import type { Catalog, CatalogManifest } from '@oatty/types';
import { toMemoryEntry } from '../modules/memory-entry.ts';

const manifest: CatalogManifest = {
  format_version: 1,
  id: '_oatty', // no title makes this id, so no catalog on disk can have it
  title: 'oatty',
  vendor: 'oatty',
  description: 'What oatty does itself.',
  kind: 'module',
  document: 'module',
  base_urls: [],
  security_schemes: {},
  commands: [approvalCommand],
  providers: [],
  schemas: {},
};

export const builtInCatalog: Catalog = { entry: toMemoryEntry(manifest), manifest };
