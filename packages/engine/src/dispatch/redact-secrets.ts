/**
 * Takes secret values out of results and errors.
 *
 *   R1. A text loses every occurrence of a secret, also as it looks inside a URL, inside JSON and in base64;
 *       names of fields are texts too. A number or boolean that reads like a secret is replaced as a whole.
 *   R2. Without secrets nothing is copied.
 */
import { OattyError } from '@oatty/types';
import type { CommandResult } from '@oatty/types';
import { secretMark } from '../input/secret-inputs.ts';

export interface Redactor {
  value(value: unknown): unknown;
  result(result: CommandResult): CommandResult;
  error(error: OattyError): OattyError;
}

export function createRedactor(secrets?: ReadonlySet<string>): Redactor {
  if (secrets === undefined || secrets.size === 0) return nothingToHide;
  const spellings = [...secrets].flatMap(toSpellings).sort((first, second) => second.length - first.length);
  if (spellings.length === 0) return nothingToHide;
  const known = new Set(spellings);

  function text(value: string): string {
    return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, secretMark), value);
  }

  function value(given: unknown): unknown {
    if (typeof given === 'string') return text(given);
    if (Array.isArray(given)) return given.map(value);
    if (typeof given !== 'object' || given === null) return known.has(String(given)) ? secretMark : given;
    return Object.fromEntries(Object.entries(given).map(([key, inner]) => [text(key), value(inner)]));
  }

  function result({ status, headers, body }: CommandResult): CommandResult {
    const kept = Object.entries(headers).map(([name, content]) => [name, text(content)] as const);
    return { status, headers: Object.fromEntries(kept), body: value(body) };
  }

  /** The cause goes: it is for the log, and nobody knows what is in it. */
  function error(given: OattyError): OattyError {
    const { cause, ...facts } = given.options;
    const options = value({ ...facts, suggestedAction: given.suggestedAction });
    return new OattyError(given.code, text(given.message), {
      ...(options as typeof facts), // the same shape, other texts
      correlationId: given.correlationId,
    });
  }

  return { value, result, error };
}

// --- internal ---

/** R2 */
const nothingToHide: Redactor = { value: keep, result: keep, error: keep };

function keep<Value>(value: Value): Value {
  return value;
}

/** The secret, and what it becomes in a URL, in JSON text and in base64. */
function toSpellings(secret: string): readonly string[] {
  if (secret === '') return [];
  const bytes = new TextEncoder().encode(secret);
  const inBase64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const inUrl = encodeURIComponent(secret.toWellFormed());
  return [
    ...new Set([secret, inUrl, inUrl.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1), inBase64]),
  ];
}
