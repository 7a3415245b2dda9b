/**
 * Takes secret values out of whatever is shown.
 *
 *   R1. A secret is replaced by `[secret]` as it is, percent-encoded, form-encoded, inside JSON text and as base64.
 *   R2. Secrets of fewer than 4 characters are left: replacing them would garble ordinary text.
 *   R3. In data, texts, keys and numbers are looked at; what holds no secret stays the same value.
 *   R4. What does not stand in the text of JSON does not stand in its value either, unless the text spells something
 *       in another way: with an escape, an exponent or more digits than a number keeps.
 */
import { percentEncode } from '../request/percent-encode.ts';

export const secretMark = '[secret]';

export interface Redactor {
  text(text: string): string;
  /** @param json - the text that the value was made from, where it was JSON: looking at that is faster (R4) */
  value(value: unknown, json?: string): unknown;
}

/** Reads the secrets once: make a new one when there are more. */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const pattern = patternOf([...secrets]);
  if (pattern === undefined) return { text: (text) => text, value: (value) => value };
  const text = (from: string) => from.replace(pattern, secretMark); // every one: the pattern is global
  return {
    text,
    value: (value, json) => (isFree(json, pattern) ? value : redactWith(text, value)),
  };
}

export function redactText(text: string, secrets: ReadonlySet<string>): string {
  return createRedactor(secrets).text(text);
}

export function redactValue(value: unknown, secrets: ReadonlySet<string>): unknown {
  return createRedactor(secrets).value(value);
}

// --- internal ---

const minSecretLength = 4;

let last: { readonly secrets: readonly string[]; readonly pattern: RegExp | undefined } = {
  secrets: [],
  pattern: undefined,
};

/** Calls that follow each other mostly have the same secrets, and a pattern takes longer to make than to use. */
function patternOf(secrets: readonly string[]): RegExp | undefined {
  const isSame =
    secrets.length === last.secrets.length && secrets.every((text, at) => text === last.secrets[at]);
  if (!isSame) last = { secrets, pattern: toPattern(secrets) };
  return last.pattern;
}

function toPattern(secrets: readonly string[]): RegExp | undefined {
  const forms = new Set(secrets.filter((secret) => secret.length >= minSecretLength).flatMap(toForms));
  if (forms.size === 0) return undefined;
  // The longest first, so that a secret within another one does not leave the rest of it behind.
  const longestFirst = [...forms].sort((first, second) => second.length - first.length);
  return new RegExp(longestFirst.map(escapePattern).join('|'), 'g');
}

function toForms(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    percentEncode(secret),
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ];
}

/** R4 */
function isFree(json: string | undefined, pattern: RegExp): boolean {
  return json !== undefined && json.search(pattern) < 0 && !otherSpelling.test(json);
}

const otherSpelling = /\\|\d[eE]|[\d.]{16}/;

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function redactWith(text: (from: string) => string, value: unknown): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return text(String(value)) === String(value) ? value : secretMark;
  if (Array.isArray(value)) {
    const items = value.map((item) => redactWith(text, item));
    return items.some((item, at) => !Object.is(item, value[at])) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  let isChanged = false;
  const members = Object.entries(value).map(([key, member]: [string, unknown]) => {
    const entry = [text(key), redactWith(text, member)] as const;
    isChanged ||= entry[0] !== key || !Object.is(entry[1], member);
    return entry;
  });
  // `fromEntries` defines properties: a key `__proto__` stays an ordinary key.
  return isChanged ? Object.fromEntries(members) : value;
}
