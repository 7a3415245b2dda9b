/** Paths of our expression language, written. */

/** `('steps.a', ['items', '0', 'x y'])` → `steps.a.items[0]["x y"]` */
export function toPathText(root: string, keys: readonly string[]): string {
  return keys.reduce((path, key) => path + toSegment(key), root);
}

/** A string literal of the expression language. */
export function toStringLiteral(text: string): string {
  const json = JSON.stringify(text).replaceAll('\\b', '\\u0008').replaceAll('\\f', '\\u000c');
  return json;
}

// --- internal ---

function toSegment(key: string): string {
  if (/^[A-Za-z_]\w*(?:-\w+)*$/.test(key)) return `.${key}`;
  return /^(?:0|[1-9]\d{0,8})$/.test(key) ? `[${key}]` : `[${toStringLiteral(key)}]`;
}
