/** Text from elsewhere, made safe for a terminal: control characters could move the cursor or recolour it. */
export function toPrintable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this removes
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '�');
}

/** One line, at most `width` columns, with `…` where something was cut. */
export function toLine(text: string, width: number): string {
  const line = toPrintable(text.replaceAll(/\s+/g, ' ').trim());
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
