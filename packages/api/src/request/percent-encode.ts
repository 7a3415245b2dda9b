/** Percent-encoding of RFC 3986: what is not unreserved is encoded as UTF-8. */

/** Turns one piece of text into what stands in the request. */
export type Encode = (text: string) => string;

/** Keeps `A-Z a-z 0-9 - . _ ~`. */
export function percentEncode(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, encodeCharacter);
}

/**
 * Keeps the reserved characters too, apart from those that would end the value or the query: `# & + [ ]`.
 * (`allowReserved` of a description.)
 */
export function percentEncodeReserved(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^A-Za-z0-9\-._~:/?@!$'()*,;=]+/g, (unsafe) => percentEncode(unsafe));
}

/** For headers and multipart bodies, which carry text as it is. */
export function keepText(text: string): string {
  return text;
}

// --- internal ---

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
