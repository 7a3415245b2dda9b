import { parseSettingText } from '@oatty/types';
import type { SettingReference } from '@oatty/types';

/** Replaces each reference in a setting of a catalog by what `replace` gives; the rest of the text stays. */
export async function replaceReferences(
  text: string,
  replace: (reference: SettingReference) => string | Promise<string>,
): Promise<string> {
  let replaced = '';
  for (const part of parseSettingText(text)) {
    replaced += typeof part === 'string' ? part : await replace(part);
  }
  return replaced;
}
