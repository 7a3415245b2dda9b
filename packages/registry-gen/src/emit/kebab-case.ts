/**
 * `List order items` → `list-order-items`, `getHTTPStatus2` → `get-http-status2`
 *
 * Words end at what is no letter or digit, between a small and a capital letter, and before the last capital of
 * several when a small letter follows. Digits belong to the word before them. Ids of existing workflows depend on it.
 */
export function toKebabCase(text: string): string {
  return text
    .replaceAll(/[^\p{Alphabetic}\p{N}]+/gu, '-')
    .replaceAll(/(\p{Ll}[^\p{Lu}\p{Ll}-]*)(?=\p{Lu})/gu, '$1-')
    .replaceAll(/(\p{Lu}[^\p{Lu}\p{Ll}-]*)(?=\p{Lu}\p{Ll})/gu, '$1-')
    .toLowerCase()
    .replaceAll(/^-+|-+$/g, '');
}
