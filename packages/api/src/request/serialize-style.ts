/**
 * `style` and `explode` of OpenAPI 3.1.1: one value → the text that stands in path, query, header, cookie or form.
 *
 * Where the specification is silent:
 *   S1. Members that are `null` or `undefined` are left out, as in RFC 6570; an empty list or object is not sent.
 *   S2. A list or object inside a list or object is written as JSON text, except in `deepObject`.
 *   S3. `deepObject` nests: `a[b][c]=1`; members of lists have their index: `a[0][b]=1`.
 *   S4. A delimited style (`spaceDelimited`, …) with `explode` repeats the name, as `form` does.
 */
import { OattyError } from '@oatty/types';
import type { ParameterStyle } from '@oatty/types';
import type { Encode } from './percent-encode.ts';

/** A name and a value, both encoded. */
export type Pair = readonly [name: string, value: string];

export interface Serialization {
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly encode: Encode;
}

/** Query, cookie and form: any number of pairs. */
export function serializePairs(name: string, value: unknown, serialization: Serialization): Pair[] {
  const { style, explode, encode } = serialization;
  if (style === 'deepObject') return serializeDeep(name, value, encode, 0);
  if (Array.isArray(value)) {
    const items = toTexts(value).map((text) => encode(text));
    if (explode) return items.map((item) => [encode(name), item]);
    return items.length === 0 ? [] : [[encode(name), items.join(delimiter(style, encode))]];
  }
  if (isObject(value)) {
    const members = toMembers(value).map(([key, text]): Pair => [encode(key), encode(text)]);
    if (explode) return members;
    return members.length === 0 ? [] : [[encode(name), members.flat().join(delimiter(style, encode))]];
  }
  return [[encode(name), encode(toText(value))]];
}

/** Path and header: one piece of text. */
export function serializeText(name: string, value: unknown, serialization: Serialization): string {
  const { style, explode, encode } = serialization;
  if (style === 'matrix') return serializeMatrix(name, value, serialization);
  const parts = toParts(value, explode, encode);
  if (style === 'label') return `.${parts.join(explode ? '.' : ',')}`;
  return parts.join(',');
}

/** A scalar as text; lists and objects as JSON. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return toJsonText(value);
}

/** @throws {OattyError} `ARGUMENT_INVALID` for what JSON cannot hold: cycles, functions, nesting without end. */
export function toJsonText(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new OattyError('ARGUMENT_INVALID', 'A value cannot be written as JSON: it is nested too deeply.', {
      cause,
    });
  }
  if (text === undefined) throw new OattyError('ARGUMENT_INVALID', 'A value cannot be written as JSON.');
  return text;
}

// --- internal ---

const maxDeepObjectLevels = 32;

function serializeDeep(name: string, value: unknown, encode: Encode, level: number): Pair[] {
  if (value === null || value === undefined) return [];
  if (level > maxDeepObjectLevels) {
    throw new OattyError('LIMIT_EXCEEDED', `A value is nested deeper than ${maxDeepObjectLevels} levels.`, {
      context: { limit: 'deep_object_levels', maximum: maxDeepObjectLevels },
    });
  }
  if (typeof value !== 'object') return [[encode(name), encode(toText(value))]];
  return Object.entries(value).flatMap(([key, member]) =>
    serializeDeep(`${name}[${key}]`, member, encode, level + 1),
  );
}

function serializeMatrix(name: string, value: unknown, { explode, encode }: Serialization): string {
  const parts = toParts(value, explode, encode);
  if (explode && Array.isArray(value)) return parts.map((part) => `;${encode(name)}=${part}`).join('');
  if (explode && isObject(value)) return parts.map((part) => `;${part}`).join('');
  const text = parts.join(',');
  return text === '' ? `;${encode(name)}` : `;${encode(name)}=${text}`;
}

function toParts(value: unknown, explode: boolean, encode: Encode): string[] {
  if (Array.isArray(value)) return toTexts(value).map((text) => encode(text));
  if (!isObject(value)) return [encode(toText(value))];
  const members = toMembers(value).map(([key, text]): Pair => [encode(key), encode(text)]);
  return explode ? members.map((member) => member.join('=')) : members.flat();
}

function delimiter(style: ParameterStyle, encode: Encode): string {
  switch (style) {
    case 'spaceDelimited':
      return encode(' ');
    case 'pipeDelimited':
      return encode('|');
    case 'tabDelimited':
      return encode('\t');
    case 'form':
    case 'simple':
    case 'label':
    case 'matrix':
    case 'deepObject':
      return ',';
  }
}

function toTexts(list: readonly unknown[]): string[] {
  return list.filter((item) => item !== null && item !== undefined).map(toText);
}

function toMembers(object: object): Pair[] {
  return Object.entries(object)
    .filter(([, member]) => member !== null && member !== undefined)
    .map(([key, member]) => [key, toText(member)]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
