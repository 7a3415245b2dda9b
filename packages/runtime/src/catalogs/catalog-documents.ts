/** Catalogs as callers see them: settings with everything secret masked. */
import type { Catalog, CatalogCredential, CatalogEntry, SecurityScheme } from '@oatty/types';
import type { CatalogDocument, CatalogListItem, CatalogSettingsDocument } from './catalogs.ts';
import { maskSetting } from '../secrets/mask-setting.ts';

export function toListItem(entry: CatalogEntry): CatalogListItem {
  return {
    catalog_id: entry.id,
    title: entry.title,
    vendor: entry.vendor,
    kind: entry.kind,
    enabled: entry.enabled,
    base_url: entry.base_url,
    command_count: entry.command_count,
    source: entry.source,
  };
}

export function toSettings(
  entry: CatalogEntry,
  schemes: Readonly<Record<string, SecurityScheme>>,
): CatalogSettingsDocument {
  return {
    ...toListItem(entry),
    description: entry.description,
    base_urls: entry.base_urls,
    headers: mapValues(entry.headers, maskSetting),
    auth: mapValues(entry.auth, maskCredential),
    security_schemes: schemes,
  };
}

export function toDocument({ entry, manifest }: Catalog): CatalogDocument {
  const { document, commands, schemas, security_schemes } = manifest;
  return { ...toSettings(entry, security_schemes), document, commands, schemas };
}

// --- internal ---

/** The user name of basic authentication and the id of a client are no secrets. */
function maskCredential(credential: CatalogCredential): Readonly<Record<string, string>> {
  if ('value' in credential) return { value: maskSetting(credential.value) };
  if ('username' in credential) {
    return { username: credential.username, password: maskSetting(credential.password) };
  }
  return { client_id: credential.client_id, client_secret: maskSetting(credential.client_secret) };
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Readonly<Record<string, Result>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
