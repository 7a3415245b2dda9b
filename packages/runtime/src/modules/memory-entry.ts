/** The entry of a catalog that lives in memory: nothing of it is on disk, and the user sets nothing. */
import type { CatalogEntry, CatalogManifest } from '@oatty/types';

export function toMemoryEntry(manifest: CatalogManifest): CatalogEntry {
  const { id, title, vendor, description, kind, commands, providers } = manifest;
  return {
    id,
    title,
    vendor,
    description,
    kind,
    source: kind,
    source_type: 'path',
    manifest: '',
    base_urls: [],
    base_url: null,
    headers: {},
    auth: {},
    secrets: [],
    // Handlers get the key; whether they honour it is not known.
    idempotency: { header: 'Idempotency-Key', honoured: false },
    enabled: true,
    manifest_sha256: '',
    command_count: commands.length,
    provider_contract_count: providers.length,
  };
}
