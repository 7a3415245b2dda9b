/** Each catalog: its file, and where its calls go. */
import { OattyError } from '@oatty/types';
import type { CatalogEntry } from '@oatty/types';
import type { World } from '../world.ts';
import { broken, ok, warning } from './finding.ts';
import type { Note } from './finding.ts';

export async function examineCatalogs({ catalogStore }: World): Promise<Note[]> {
  const entries = await catalogStore.list();
  const notes: Note[] = [];
  for (const entry of entries) {
    // One after the other: each may be large.
    const flaw = await catalogStore.load(entry.id).then(
      () => undefined,
      (thrown: unknown) => OattyError.from(thrown),
    );
    notes.push(flaw ? broken(entry.id, flaw.message, flaw.suggestedAction) : examineEntry(entry));
  }
  return notes;
}

// --- internal ---

function examineEntry({ id, title, base_url, enabled, command_count, kind }: CatalogEntry): Note {
  const what = `${title}, ${command_count} command${command_count === 1 ? '' : 's'}`;
  if (!enabled) return ok(id, `${what}; disabled.`);
  if (base_url === null && kind === 'openapi') {
    return warning(
      id,
      `${what}, but no base URL: nothing can be called.`,
      `Set one: oatty catalog base-url ${id} URL.`,
    );
  }
  return ok(id, base_url === null ? `${what}.` : `${what}, at ${withoutPassword(base_url)}.`);
}

function withoutPassword(text: string): string {
  const url = URL.parse(text);
  if (url === null || (url.username === '' && url.password === '')) return text;
  url.username = '';
  url.password = '';
  return url.href;
}
