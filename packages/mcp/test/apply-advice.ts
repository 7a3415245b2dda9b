/** Does what a `suggested_action` about a manifest says, and nothing else: no knowledge of workflows goes in here. */

/** @throws when the advice is not concrete enough to be followed without thinking */
export function applyAdvice(manifest: string, advice: string): string {
  const [, path = '', line = '', text = ''] = /^At (?:(\S+) \()?line (\d+)\)?: (.*)$/.exec(advice) ?? [];
  const key = /([\w-]+)$/.exec(path)?.[1] ?? '';
  const lines = manifest.split('\n');
  const at = Number(line) - 1;
  const old = lines[at] ?? '';
  const [, start] = /^Remove the lines that begin with (.+)\.$/.exec(text) ?? [];
  if (start !== undefined) return lines.filter((one) => !one.startsWith(start)).join('\n');
  if (text.startsWith('Remove it')) return lines.toSpliced(at, entryLength(lines, at)).join('\n');
  const under = /^Write "(.+?)" under "(\w+)"/.exec(text);
  if (under) return insertUnder(lines, at, under[2] ?? '', under[1] ?? '').join('\n');
  const changed = changeLine(old, key, text);
  if (changed === undefined || changed === old) throw new Error(`cannot be followed: ${advice}`);
  const isWholeEntry = text.startsWith('Write') && (lines[at + 1] ?? '').startsWith(`${indentOf(old)} `);
  return lines.toSpliced(at, isWholeEntry ? entryLength(lines, at) : 1, changed).join('\n');
}

// --- internal ---

function changeLine(line: string, key: string, text: string): string | undefined {
  const [, named] = /^(?:Use|Read|Did you mean) "([^"]+)"/.exec(text) ?? [];
  const [, written] = /^Write "(.+)"[.:]/.exec(text) ?? [];
  const [, unquoted] = /^Write it without quotes: (\S+)\. /.exec(text) ?? [];
  const indent = indentOf(line);
  if (written !== undefined && /^[a-z_]+: /.test(written)) return `${indent}${written}`;
  if (written !== undefined) return `${indent}${key}: ${written}`;
  if (unquoted !== undefined) return `${indent}${key}: ${unquoted}`;
  if (named === undefined) return undefined;
  if (text.startsWith('Use') && line.trim().startsWith(`${key}:`))
    return line.replace(`${key}:`, `${named}:`);
  return replaceNearest(line, key, named);
}

/** A name in place of the one that it is like: the last word of a path, or the whole value. */
function replaceNearest(line: string, key: string, named: string): string {
  if (named.includes(' ')) return line.replace(/: .*$/, `: ${named}`);
  return key === '' ? line : line.replace(/\.\w+( }})/, `.${named}$1`);
}

/** How many lines the key of a line has: its own, and those further in. */
function entryLength(lines: readonly string[], at: number): number {
  const indent = indentOf(lines[at] ?? '').replace('-', ' ');
  const end = lines.findIndex((line, index) => index > at && !line.startsWith(`${indent} `));
  return (end === -1 ? lines.length : end) - at;
}

function indentOf(line: string): string {
  return /^\s*(?:- )?/.exec(line)?.[0] ?? '';
}

/** Below the line of the step, as a new key of it. */
function insertUnder(lines: readonly string[], at: number, key: string, entry: string): readonly string[] {
  const indent = indentOf(lines[at] ?? '').replace('-', ' ');
  const end = lines.findIndex((line, index) => index > at && !line.startsWith(indent));
  return lines.toSpliced(end, 0, `${indent}${key}:`, `${indent}  ${entry}`);
}
