/** The text of a manifest file → the manifest, checked as far as the rest of the program relies on it. */
import { OattyError, isRecord } from '@oatty/types';
import type { CatalogManifest } from '@oatty/types';

/**
 * @param path - for messages
 * @throws {OattyError} `STORAGE_FAILED` when the text is no manifest of this catalog
 */
export function parseManifest(text: string, path: string, catalogId: string): CatalogManifest {
  const value = parseJson(text, path);
  const flaw = findFlaw(value, catalogId);
  if (flaw !== undefined) throw toBroken(path, flaw);
  return value as CatalogManifest; // written by oatty alone; the shape was checked above
}

// --- internal ---

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw toBroken(path, 'it is no JSON document', thrown);
  }
}

function findFlaw(value: unknown, catalogId: string): string | undefined {
  if (!isRecord(value)) return 'it is no JSON object';
  if (value['format_version'] !== 1)
    return `its format version ${JSON.stringify(value['format_version'])} is not known`;
  if (value['id'] !== catalogId) return `it belongs to another catalog, ${JSON.stringify(value['id'])}`;
  const lists = ['base_urls', 'commands', 'providers'].find((name) => !Array.isArray(value[name]));
  if (lists !== undefined) return `its "${lists}" are no list`;
  const maps = ['security_schemes', 'schemas'].find((name) => !isRecord(value[name]));
  return maps === undefined ? undefined : `its "${maps}" are no object`;
}

function toBroken(path: string, flaw: string, cause?: unknown): OattyError {
  return new OattyError('STORAGE_FAILED', `The catalog file ${path} cannot be used: ${flaw}.`, {
    suggestedAction: 'Import the catalog again with --overwrite.',
    context: { path },
    cause,
  });
}
