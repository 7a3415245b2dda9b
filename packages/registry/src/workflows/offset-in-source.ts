/**
 * A place in the value of a YAML or JSON string → the place in the text that it was written as.
 *
 * Escapes, indentation and folded lines change lengths and white space, but never the order of the other characters:
 * so those are counted.
 */

/**
 * @param source - the string as it was written, quotes or block header included
 * @param offset - into `value`; its length is the place after its last character
 * @returns an offset into `source`
 */
export function offsetInSource(source: string, value: string, offset: number): number {
  const wanted = countInk(value.slice(0, offset));
  const isOnInk = countInk(value.slice(offset, offset + 1)) > 0;
  let position = startOfContent(source);
  let afterInk = position;
  let seen = 0;
  while (position < source.length && (isOnInk ? seen <= wanted : seen < wanted)) {
    const piece = pieceAt(source, position);
    if (isOnInk && piece.ink > 0 && seen + piece.ink > wanted) return position;
    seen += piece.ink;
    position += piece.length;
    if (piece.ink > 0) afterInk = position;
  }
  return afterInk;
}

// --- internal ---

/** Characters that are no white space. */
function countInk(text: string): number {
  return text.replace(/\s/g, '').length;
}

function startOfContent(source: string): number {
  if (/^["']/.test(source)) return 1;
  return /^[|>]/.test(source) ? source.indexOf('\n') + 1 : 0;
}

/** One character of the value, or white space, as it is written. */
interface Piece {
  readonly length: number;
  readonly ink: number;
}

function pieceAt(source: string, position: number): Piece {
  const two = source.slice(position, position + 2);
  if (source.startsWith('"') && two.startsWith('\\')) return escapeAt(source, position, two.slice(1));
  if (source.startsWith("'") && two === "''") return { length: 2, ink: 1 };
  return { length: 1, ink: countInk(two.slice(0, 1)) };
}

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function escapeAt(source: string, position: number, letter: string): Piece {
  const digits = hexDigits[letter];
  if (digits === undefined) return { length: 2, ink: /[\sntvfr_LP]/.test(letter) ? 0 : 1 };
  const code = Number.parseInt(source.slice(position + 2, position + 2 + digits), 16);
  return { length: 2 + digits, ink: code <= 0x10_ffff ? countInk(String.fromCodePoint(code)) : 0 };
}
