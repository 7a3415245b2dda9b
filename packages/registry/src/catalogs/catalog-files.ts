/** The files of one catalog. The manifest is the truth; the other two can be made from it again. */
import { join } from 'node:path';

export interface CatalogFiles {
  /** `catalogs/<id>.json`: the generated manifest. */
  readonly manifest: string;
  /** `catalogs/<id>.index.json`: where each command and schema stands in the manifest. */
  readonly lookup: string;
  /** `catalogs/<id>.search.json` */
  readonly search: string;
}

/** @param manifest - file name of the manifest, as the registry has it: `shop-api.json` */
export function catalogFiles(catalogsDir: string, manifest: string): CatalogFiles {
  const base = join(catalogsDir, manifest.replace(/\.json$/, ''));
  return { manifest: `${base}.json`, lookup: `${base}.index.json`, search: `${base}.search.json` };
}
