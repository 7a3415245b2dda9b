/**
 * JSON text without loss: an integer that a JavaScript number cannot hold is text of its digits.
 *
 *   I1. Reading: such an integer becomes text. Everything else is read as ever, and as fast where the text holds no
 *       long number.
 *   I2. Where a schema asks for a number, such a text is one (`isBigInteger`), and is written without quotes.
 *   I3. Fractions and exponents are numbers, rounded as JavaScript rounds them.
 */

/** @throws {SyntaxError} */
export function parseJson(text: string): unknown {
  const mayHold = manyDigits.test(text) && longNumber.test(text);
  const value: unknown = mayHold ? JSON.parse(text, keepDigits) : JSON.parse(text);
  return value;
}

/** Text of an integer beyond ±9007199254740991 (2^53 − 1), as JSON writes it. */
export function isBigInteger(value: unknown): value is string {
  return (
    typeof value === 'string' && /^-?[1-9]\d{15,999}$/.test(value) && !Number.isSafeInteger(Number(value))
  );
}

// --- internal ---

/** Found much faster than `longNumber`, and absent from most texts. */
const manyDigits = /\d{16}/;

/** A number, or the inside of a text that looks like one: that only costs time. */
const longNumber = /[:,[\s]-?\d{16}/;

/** @param context - the text of a value that is no object and no list */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && isBigInteger(context?.source) ? context?.source : value;
}
