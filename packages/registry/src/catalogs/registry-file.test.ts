import { describe, expect, it } from 'vitest';
import { aManifest } from '../../test/builders/a-manifest.ts';
import { toEntry } from './import-rules.ts';
import { formatRegistry, parseRegistry } from './registry-file.ts';

const path = '/home/ann/.config/oatty/registry.json';

function anEntry(fields: Record<string, unknown> = {}) {
  const save = { manifest: aManifest(), source: './openapi.yaml', sourceType: 'path' as const };
  return { ...toEntry(save, undefined, { file: 'shop-api.json', sha256: 'abc' }), ...fields };
}

function aRegistry(catalogs: unknown, fields: Record<string, unknown> = {}): string {
  return JSON.stringify({ format_version: 1, catalogs, ...fields });
}

describe('registry.json', () => {
  it('comes back as it was written', () => {
    expect(parseRegistry(formatRegistry([anEntry()]), path)).toEqual([anEntry()]);
  });

  it.each([
    ['broken JSON', '{"format_version": 1, '],
    ['an empty file', ''],
    ['a list', '[]'],
    ['no list of catalogs', '{"format_version": 1}'],
    ['a newer format', aRegistry([], { format_version: 2 })],
    ['no format version', '{"catalogs": []}'],
    ['an entry that is no object', aRegistry([1])],
    ['an entry without a title', aRegistry([anEntry({ title: undefined })])],
    ['a header that is no text', aRegistry([anEntry({ headers: { a: 1 } })])],
    ['a manifest outside the directory', aRegistry([anEntry({ manifest: '../../etc/passwd.json' })])],
    ['an id that is a path', aRegistry([anEntry({ id: '../x' })])],
  ])('refuses %s and names the file', (_, text) => {
    expect(() => parseRegistry(text, path)).toThrow(
      expect.objectContaining({ code: 'STORAGE_FAILED', message: expect.stringContaining(path) }),
    );
  });

  it('knows the registry of the earlier oatty and says what to do', () => {
    const earlier = {
      catalogs: [{ title: 'Shop', manifest_path: '/home/ann/.config/oatty/catalogs/shop.bin', headers: [] }],
    };
    expect(() => parseRegistry(JSON.stringify(earlier), path)).toThrow(
      expect.objectContaining({
        code: 'STORAGE_FAILED',
        message: expect.stringContaining('earlier oatty'),
        options: expect.objectContaining({
          suggestedAction: expect.stringContaining('import each catalog again'),
        }),
      }),
    );
  });
});
