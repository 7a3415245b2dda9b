import { parseSettingText } from '@oatty/types';
import type { SettingReference } from '@oatty/types';

/** Replaces each reference in a setting of a catalog by what `replace` gives; the rest of the text stays. */
export async function replaceReferences(
  text: string,
  replace: (reference: SettingReference) => string | Promise<string>,
): Promise<string> {
  const parts = parseSettingText(text).map(async (part) => (typeof part === 'string' ? part : replace(part)));
  return (await Promise.all(parts)).join('');
}
