/** Values of options that are more than text. */
import { OattyError } from '@oatty/types';

/** `a=1` → `['a', '1']`. @throws {OattyError} `ARGUMENT_INVALID` */
export function parsePair(option: string, text: string): readonly [string, string] {
  const split = text.indexOf('=');
  if (split > 0) return [text.slice(0, split), text.slice(split + 1)];
  // The text may be a secret that was to be a value, so it is not repeated.
  throw new OattyError('ARGUMENT_INVALID', `--${option} takes NAME=VALUE.`, {
    suggestedAction: `Write --${option} NAME=VALUE.`,
    context: { option },
  });
}

/** Pairs by name; a name that is given again makes a list. */
export function collectPairs(pairs: Iterable<readonly [string, string]>): Readonly<Record<string, unknown>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
}

/** A whole number from 1. @throws {OattyError} `ARGUMENT_INVALID` */
export function parseCount(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= 1) return value;
  throw new OattyError('ARGUMENT_INVALID', `--${option} takes a whole number from 1, not "${text}".`, {
    suggestedAction: `Write --${option} 10, say.`,
    context: { option },
  });
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function parsePort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new OattyError('ARGUMENT_INVALID', `--${option} takes a number from 0 to 65535, not "${text}".`, {
    suggestedAction: 'Leave it out for the default, or give 0 for a free port.',
    context: { option },
  });
}
