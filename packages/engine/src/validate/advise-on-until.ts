/** A bare name in the `until` of a step: it waits for something of its own answer. */
import { didYouMean } from '@oatty/types';
import { rootNames } from '../expression/expression.ts';
import { explainRoot, explainWord } from '../expression/parse-hints.ts';

/**
 * The whole condition, with the name as it is read here; of a long one the name alone.
 *
 * @param facts - of the error: `expression`, `position`, and the `name` that is not known
 */
export function adviseOnUntil(stepId: string, facts: Readonly<Record<string, unknown>>): string | undefined {
  const { name, expression, position } = facts;
  if (typeof name !== 'string' || typeof expression !== 'string' || typeof position !== 'number') {
    return undefined;
  }
  const root = ownRoots.get(name);
  if (root === undefined && isNearRoot(name)) return undefined;
  const own = root === undefined ? `steps.${stepId}.${name}` : `${root}.${stepId}`;
  if (expression.endsWith('…')) return `Write "${own}" in its place: the answer of the step itself.`; // it was cut
  const written = `${expression.slice(0, position)}${own}${expression.slice(position + name.length)}`;
  return `Write "${written}": the answer of the step itself is read like that of any other.`;
}

// --- internal ---

/** What the answer at hand is called elsewhere, and the root that has it. */
const ownRoots: ReadonlyMap<string, string> = new Map([
  ['response', 'responses'],
  ...['output', 'outputs', 'result', 'body', 'data', 'self', 'this'].map((name) => [name, 'steps'] as const),
]);

/** Another name or a misspelling of what paths begin with, or a word of another language. */
function isNearRoot(name: string): boolean {
  return (explainWord(name) ?? explainRoot(name) ?? didYouMean(name, rootNames)) !== undefined;
}
