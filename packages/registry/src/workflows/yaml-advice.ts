/** What to do about the flaws of YAML that authors of workflows run into: expressions are full of its signs. */
import type { YAMLError } from 'yaml';

export function adviseOnYaml({ code, message }: YAMLError): string | undefined {
  if (code === 'UNEXPECTED_TOKEN') {
    return message.includes('at node end') ? unexpectedAdvice(message) : undefined;
  }
  return advice[code];
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

function unexpectedAdvice(message: string): string {
  return message.includes('flow-map-start')
    ? "Inside { } and [ ], put a template into quotes: '${{ … }}'."
    : 'Put the whole text into quotes of one kind, and use the other kind inside.';
}
