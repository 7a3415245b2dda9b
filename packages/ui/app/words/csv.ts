/**
 * Rows as CSV (RFC 4180).
 *
 *   C1. A text that a spreadsheet would take for a formula gets an apostrophe in front: titles are anyone's words.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(toField).join(',')}\r\n`).join('');
}

// --- internal ---

function toField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; // C1
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
