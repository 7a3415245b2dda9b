/**
 * Text from elsewhere, made fit for a terminal.
 *
 *   T1. Control characters could move the cursor or recolour the screen, and bidirectional ones reorder a line: they
 *       become `�`. A line may end as on Windows.
 *   T2. Widths are in columns: an ideograph or an emoji takes two, a combining mark none.
 */

export function toPrintable(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  // oxlint-disable-next-line no-control-regex -- control characters are what this removes
  return lines.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '�');
}

/** One line, at most `width` columns, with `…` where something was cut. */
export function toLine(text: string, width: number): string {
  const line = toPrintable(text.replaceAll(/\s+/g, ' ').trim());
  return line.length * 2 <= width || widthOf(line) <= width ? line : cut(line, width);
}

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Blanks up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

// --- internal ---

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
const none = /[\p{Mn}\p{Me}\p{Cf}]/u;

function isAscii(text: string): boolean {
  return /^[\u0020-\u007E]*$/.test(text);
}

function characterWidth(character: string): number {
  if (none.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

function cut(line: string, width: number): string {
  let kept = '';
  let left = Math.max(0, width - 1);
  for (const character of line) {
    left -= characterWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
