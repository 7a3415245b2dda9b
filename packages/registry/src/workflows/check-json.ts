/** Strict JSON: what is wrong, and where. */
import { toParseError } from './parse-error.ts';

/** @throws {OattyError} `WORKFLOW_PARSE_FAILED` */
export function checkJson(content: string): void {
  const text = content.replace(/^\uFEFF/, '');
  const flaw = findFlaw(text);
  if (flaw === undefined) return;
  const offset = offsetOf(text, flaw);
  const before = text.slice(0, offset).split('\n');
  const position = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  throw toParseError(reasonOf(flaw), position, adviseOn(text, offset));
}

// --- internal ---

function findFlaw(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : '';
  }
}

/** What YAML and JavaScript allow, and JSON does not. */
function adviseOn(text: string, offset: number): string | undefined {
  const next = text[offset];
  if ((next === ']' || next === '}') && /,\s{0,1000}$/.test(text.slice(0, offset))) {
    return `Remove the comma before the "${next}".`;
  }
  if (next === "'") return 'Put keys and texts into double quotes.';
  if (next === '/' || next === '#') return 'Remove the comment: JSON has none.';
  return undefined;
}

/** The engine's message without the part of the text that it quotes. */
function reasonOf(flaw: string): string {
  return flaw.replace(/(?:,? (?:\.\.\.)?".*| in JSON at .*| JSON input)$/s, '');
}

/**
 * The engine names the position of some flaws only. For the others: the shortest beginning of the text that is
 * wrong, and not merely unfinished, ends with the flaw.
 */
function offsetOf(text: string, flaw: string): number {
  const named = /at position (\d+)/.exec(flaw)?.[1];
  if (named !== undefined) return Number(named);
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isUnfinished(text.slice(0, middle + 1))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isUnfinished(start: string): boolean {
  const flaw = findFlaw(start);
  if (flaw === undefined || flaw.includes('end of JSON input')) return true;
  const position = /at position (\d+)/.exec(flaw)?.[1];
  return position !== undefined && Number(position) >= start.length;
}
