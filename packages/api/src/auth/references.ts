/** `${env:NAME}` and `${secret:NAME}` in the settings of a catalog. */
import type { Reference } from '../http-call.ts';

/** Replaces each reference by what `replace` gives; the rest of the text stays. */
export async function replaceReferences(
  text: string,
  replace: (reference: Reference) => string | Promise<string>,
): Promise<string> {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(referencePattern)) {
    result += text.slice(end, match.index) + (await replace(toReference(match)));
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}

// --- internal ---

const referencePattern = /\$\{(env|secret):([^{}]+)\}/g;

function toReference([, kind, name = '']: RegExpExecArray): Reference {
  return { kind: kind === 'env' ? 'env' : 'secret', name: name.trim() };
}
