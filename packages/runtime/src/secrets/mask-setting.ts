import { parseSettingText } from '@oatty/types';

/** Keeps references and hides everything else: `Bearer ${env:TOKEN}` stays, `Bearer abc` becomes `••••`. */
export function maskSetting(text: string): string {
  const parts = parseSettingText(text);
  const isReferred = parts.some((part) => typeof part !== 'string');
  if (!isReferred) return mask;
  return parts
    .map((part) => {
      if (typeof part !== 'string') return `\${${part.kind}:${part.name}}`;
      return isScheme.test(part) ? part : mask;
    })
    .join('');
}

// --- internal ---

const mask = '••••';

/** What stands before a token in `Authorization`, and white space. */
const isScheme = /^\s*(?:(?:Bearer|Basic|Token|ApiKey)\s+)?$/i;
