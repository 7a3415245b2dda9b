import { nearestNames } from '@oatty/types';

/** `Did you mean --limit?`, or `undefined` where nothing is near. @param name - with or without dashes and a value */
export function nearestFlags(name: string, known: Iterable<string>): string | undefined {
  const nearest = nearestNames(name.replace(/^-+|=.*$/g, ''), known);
  return nearest.length === 0
    ? undefined
    : `Did you mean ${nearest.map((flag) => `--${flag}`).join(' or ')}?`;
}
