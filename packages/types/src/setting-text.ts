/** Texts in the settings of a catalog: they may refer to values that are looked up when a request is built. */

/** `${env:NAME}` or `${secret:NAME}` */
export interface SettingReference {
  readonly kind: 'env' | 'secret';
  readonly name: string;
}

/** `Bearer ${env:TOKEN}` → `['Bearer ', { kind: 'env', name: 'TOKEN' }]` */
export function parseSettingText(text: string): readonly (string | SettingReference)[] {
  if (!text.includes('${')) return text === '' ? [] : [text];
  const parts: (string | SettingReference)[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: kind, 2: name = '' } of text.matchAll(referencePattern)) {
    if (index > end) parts.push(text.slice(end, index));
    parts.push({ kind: kind === 'env' ? 'env' : 'secret', name: name.trim() });
    end = index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

// --- internal ---

const referencePattern = /\$\{(env|secret):([^{}]+)\}/g;
