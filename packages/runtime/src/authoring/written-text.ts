/** What a model wrote → the YAML or JSON in it. Pure. */

/**
 * Models wrap what they write in a fence, with words around it: the longest fenced part counts. A text that begins like
 * a manifest is one, whatever fences its own texts hold.
 *
 * @example
 * toManifestText('Here it is:\n```yaml\nworkflow: a\n```\nEnjoy!') // 'workflow: a\n'
 */
export function toManifestText(written: string): string {
  const text = written.replaceAll('\r\n', '\n');
  if (beginsLikeManifest.test(text)) return `${text.trim()}\n`;
  const fenced = listFenced(text.split('\n'));
  const longest = fenced.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest.trim() === '' ? `${text.trim()}\n` : longest;
}

// --- internal ---

/** A key, a list, a comment, a document mark or JSON. */
const beginsLikeManifest = /^\s*(?:[a-z_][\w-]*:|- |#|---|\{|\[)/;

/** A fence that is never closed reaches to the end. */
function listFenced(lines: readonly string[]): string[] {
  const found: string[] = [];
  let open: { readonly mark: string; readonly lines: string[] } | undefined;
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (open !== undefined && mark !== undefined && line.trim().startsWith(open.mark)) {
      found.push(`${open.lines.join('\n')}\n`);
      open = undefined;
    } else if (open !== undefined) open.lines.push(line);
    else if (mark !== undefined) open = { mark, lines: [] };
  }
  if (open !== undefined) found.push(`${open.lines.join('\n').trimEnd()}\n`);
  return found;
}
