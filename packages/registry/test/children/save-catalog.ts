/** Saves catalogs one after the other and prints the first error: `save-catalog.ts REGISTRY VENDOR COUNT`. */
import { OattyError } from '@oatty/types';
import { createCatalogStore, resolvePaths } from '../../src/index.ts';
import { aManifest } from '../builders/a-manifest.ts';

const [registry = '', vendor = '', count = '0'] = process.argv.slice(2);
const store = createCatalogStore(resolvePaths({ REGISTRY_CONFIG_PATH: registry }));

try {
  for (let number = 0; number < Number(count); number += 1) {
    const name = `${vendor}-${number}`;
    await store.save({ manifest: aManifest({ title: name, vendor: name }), source: 'x', sourceType: 'path' });
  }
} catch (thrown) {
  process.stdout.write(JSON.stringify(OattyError.from(thrown).toPayload()));
}
