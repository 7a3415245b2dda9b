/** One given parameter → its text in the request, with the defaults of its location. */
import { isFormType, isJsonType } from '@oatty/types';
import type { CommandParameter, ParameterLocation, ParameterStyle } from '@oatty/types';
import type { GivenParameter } from '../arguments/read-arguments.ts';
import { keepText, percentEncode, percentEncodeReserved } from './percent-encode.ts';
import type { Encode } from './percent-encode.ts';
import { serializePairs, serializeText, toJsonText, toText } from './serialize-style.ts';
import type { Pair, Serialization } from './serialize-style.ts';

/** Query: `name=value`; the query string itself, where a parameter is that. */
export function serializeQuery(given: GivenParameter): string[] {
  if (given.parameter.whole_query === true) return serializeWholeQuery(given);
  return serializeParameterPairs(given).map((pair) => pair.join('='));
}

/** Query and cookie. */
export function serializeParameterPairs({ parameter, wireName, value }: GivenParameter): Pair[] {
  const serialization = toSerialization(parameter);
  const text = toContentText(parameter, value);
  if (text !== undefined) return [[serialization.encode(wireName), serialization.encode(text)]];
  return serializePairs(wireName, value, serialization);
}

/** Path and header. */
export function serializeParameterText({ parameter, wireName, value }: GivenParameter): string {
  const serialization = toSerialization(parameter);
  const text = toContentText(parameter, value);
  return text === undefined ? serializeText(wireName, value, serialization) : serialization.encode(text);
}

// --- internal ---

const defaultStyles: Readonly<Record<ParameterLocation, ParameterStyle>> = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
  body: 'form',
};

function toSerialization(parameter: CommandParameter): Serialization {
  const style = parameter.style ?? defaultStyles[parameter.in];
  return { style, explode: parameter.explode ?? style === 'form', encode: chooseEncoding(parameter) };
}

function chooseEncoding(parameter: CommandParameter): Encode {
  if (parameter.in === 'header') return keepText;
  return parameter.in === 'query' && parameter.allow_reserved ? percentEncodeReserved : percentEncode;
}

/** A form is made of the members of an object; text for one is taken as already encoded. */
function serializeWholeQuery({ parameter, value }: GivenParameter): string[] {
  const isForm = isFormType(parameter.media_type ?? '');
  if (isForm && typeof value === 'string') return [value];
  if (!isForm || typeof value !== 'object' || value === null)
    return [percentEncode(toContentText(parameter, value) ?? toText(value))];
  const serialization = { style: 'form', explode: true, encode: percentEncode } as const;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return members.flatMap(([name, member]) =>
    serializePairs(name, member, serialization).map((pair) => pair.join('=')),
  );
}

/** The text of a `content` parameter; `undefined` for one with a style. */
function toContentText(parameter: CommandParameter, value: unknown): string | undefined {
  if (parameter.media_type === undefined) return undefined;
  return isJsonType(parameter.media_type) ? toJsonText(value) : toText(value);
}
