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
  const pieces = text.split(referencePattern); // text, kind, name, text, …
  for (let at = 0; at < pieces.length; at += 3) {
    const [between = '', kind, name = ''] = pieces.slice(at, at + 3);
    if (between !== '') parts.push(between);
    if (kind !== undefined) parts.push({ kind: kind === 'env' ? 'env' : 'secret', name: name.trim() });
  }
  return parts;
}

// --- internal ---

const referencePattern = /\$\{(env|secret):([^{}]+)\}/;
