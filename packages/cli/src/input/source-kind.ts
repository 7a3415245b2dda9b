/**
 * What an import brings: the commands of a description, or the workflow of a manifest. What comes with oatty
 * (`oatty:jira`) is a description.
 */
import { OattyError } from '@oatty/types';
import type { SourceType } from '@oatty/types';
import type { Io } from '../io.ts';
import { readText } from './text-source.ts';
import { looksLikeManifest, maxManifestBytes } from './workflow-source.ts';

/** `either`: a URL, which is read by whoever imports it. */
export type SourceKind = 'catalog' | 'workflow' | 'either';

export async function findSourceKind(
  io: Io,
  source: string,
  sourceType: SourceType | undefined,
): Promise<SourceKind> {
  if (source.startsWith('oatty:')) return 'catalog';
  if ((sourceType ?? (/^https?:\/\//i.test(source) ? 'url' : 'path')) === 'url') return 'either';
  try {
    const text = await readText(io, source, { maxBytes: maxManifestBytes, what: 'a manifest' });
    return looksLikeManifest(text) ? 'workflow' : 'catalog';
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'LIMIT_EXCEEDED') return 'catalog'; // too large for a manifest
    throw thrown;
  }
}
