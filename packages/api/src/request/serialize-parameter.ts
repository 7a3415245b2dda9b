/** One given parameter → its text in the request, with the defaults of its location. */
import { isJsonType } from '@oatty/types';
import type { CommandParameter, ParameterLocation, ParameterStyle } from '@oatty/types';
import type { GivenParameter } from '../arguments/read-arguments.ts';
import { keepText, percentEncode, percentEncodeReserved } from './percent-encode.ts';
import type { Encode } from './percent-encode.ts';
import { serializePairs, serializeText, toJsonText, toText } from './serialize-style.ts';
import type { Pair, Serialization } from './serialize-style.ts';

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

/** The text of a `content` parameter; `undefined` for one with a style. */
function toContentText(parameter: CommandParameter, value: unknown): string | undefined {
  if (parameter.media_type === undefined) return undefined;
  return isJsonType(parameter.media_type) ? toJsonText(value) : toText(value);
}
