/** The flaws of YAML that authors of workflows run into: expressions are full of its signs. */
import type { YAMLError } from 'yaml';

interface Explanation {
  readonly reason: string;
  readonly advice?: string;
}

export function explainYaml({ code, message, pos }: YAMLError, content: string): Explanation {
  if (isFenced(content)) {
    return {
      reason: 'it stands in a fence of markdown',
      advice: 'Remove the lines that begin with ```.',
    };
  }
  if (code === 'NON_STRING_KEY') {
    return { reason: '"{" begins a map here', advice: adviseOnBraces(lineAt(content, pos[0])) };
  }
  if (code === 'MULTIPLE_DOCS') {
    return {
      reason: 'there are several documents',
      advice: 'Give one workflow at a time, without a "---" between two.',
    };
  }
  const known = code === 'UNEXPECTED_TOKEN' ? unexpectedAdvice(message) : advice[code];
  return { reason: message, ...(known !== undefined && { advice: known }) };
}

// --- internal ---

const advice: Partial<Record<YAMLError['code'], string>> = {
  BAD_SCALAR_START: 'Put the text into quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'Put a text with ": " in it into quotes; else check the indentation of the next line.',
  MULTILINE_IMPLICIT_KEY: 'Write a space after the ":" of a key.',
  TAB_AS_INDENT: 'Indent with spaces.',
  TAG_RESOLVE_FAILED: 'Put a text that begins with "!" into quotes.',
};

function unexpectedAdvice(message: string): string | undefined {
  if (!message.includes('at node end')) return undefined;
  return message.includes('flow-map-start')
    ? "Inside { } and [ ], put a template into quotes: '${{ … }}'."
    : 'Put the whole text into quotes of one kind, and use the other kind inside.';
}

function isFenced(content: string): boolean {
  return /^\uFEFF?\s{0,100}(?:```|~~~)/.test(content);
}

function lineAt(content: string, offset: number): string {
  const start = content.lastIndexOf('\n', offset - 1) + 1;
  const end = content.indexOf('\n', offset);
  return content.slice(start, end === -1 ? undefined : end).trim();
}

/** `order: {{ inputs.order }}` */
function adviseOnBraces(line: string): string {
  const [, key, inner] = /^(?:- )?([\w-]{1,64}): \{\{([^{}']{1,100})\}\}$/.exec(line) ?? [];
  if (key === undefined || inner === undefined) return "Put a template into quotes: '${{ … }}'.";
  return `Write "${key}: '\${{${inner}}}'".`;
}
