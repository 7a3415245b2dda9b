/** Settings of a catalog for people; what is secret arrives masked already. */
import type { CatalogSettingsDocument } from '@oatty/runtime';
import { toPrintable } from './printable.ts';

export function toSettingsText(settings: CatalogSettingsDocument): string {
  const {
    catalog_id,
    title,
    vendor,
    enabled,
    base_url,
    command_count,
    source,
    headers,
    auth,
    security_schemes,
  } = settings;
  return toPrintable(
    [
      `${title} (${catalog_id})`,
      `  vendor    ${vendor}`,
      `  commands  ${command_count}${enabled ? '' : ' (disabled)'}`,
      `  base URL  ${base_url ?? '(none)'}`,
      `  source    ${source}`,
      ...pairs('header', headers),
      ...Object.keys(security_schemes).map(
        (name) => `  scheme    ${name}: ${Object.hasOwn(auth, name) ? 'set' : 'not set'}`,
      ),
    ].join('\n'),
  );
}

// --- internal ---

function pairs(label: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `  ${label.padEnd(8)}  ${name}: ${value}`);
}
