import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '@oatty/types';
import { aManifest } from '../../test/builders/a-manifest.ts';
import { withBaseUrl } from './edit-entry.ts';
import { toEntry } from './import-rules.ts';
import type { CatalogSave } from './import-rules.ts';

const written = { file: 'shop-api.json', sha256: 'abc' };

function imported(save: Partial<CatalogSave>, existing?: CatalogEntry): CatalogEntry {
  const source = { source: 'https://shop.example/openapi.yaml', sourceType: 'url' as const };
  return toEntry({ manifest: aManifest(), ...source, ...save }, existing, written);
}

describe('the base URL of a description from the network', () => {
  it('is for public addresses only', () => {
    expect(imported({})).toMatchObject({ base_url: 'https://shop.example', public_only: true });
  });

  it.each([
    ['private addresses are allowed', { allowPrivate: true }],
    ['the user gives the base URL', { baseUrl: 'http://localhost:3000' }],
    ['the description is a file of the user', { sourceType: 'path' as const }],
  ])('may be any address when %s', (_, save) => {
    expect(imported(save)).not.toHaveProperty('public_only');
  });

  it('may be any address once the user has set it', () => {
    const entry = withBaseUrl(imported({}), 'https://shop.example');
    expect(entry).not.toHaveProperty('public_only');
    expect(imported({}, entry)).not.toHaveProperty('public_only');
  });

  it('stays for public addresses only when a later import keeps it', () => {
    expect(imported({ sourceType: 'path' }, imported({}))).toMatchObject({ public_only: true });
    expect(imported({ allowPrivate: true }, imported({}))).not.toHaveProperty('public_only');
  });

  it('counts as new when there was none before', () => {
    const without = imported({ manifest: aManifest({ base_urls: [] }), sourceType: 'path' });
    expect(without.base_url).toBeNull();
    expect(imported({}, without)).toMatchObject({ base_url: 'https://shop.example', public_only: true });
  });
});

describe('the entry of an import', () => {
  it('has the version that the description gives itself', () => {
    expect(imported({ manifest: aManifest({ document_version: '2.1.0' }) }).document_version).toBe('2.1.0');
    expect(imported({})).not.toHaveProperty('document_version');
  });
});
