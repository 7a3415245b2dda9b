/** How the properties of a form or multipart body are written, where the description says so. */
import type { Command, PropertyEncoding } from '@oatty/types';
import type { Encode } from './percent-encode.ts';
import type { Serialization } from './serialize-style.ts';

export function findEncoding({ body }: Command, name: string): PropertyEncoding | undefined {
  return body?.encoding && Object.hasOwn(body.encoding, name) ? body.encoding[name] : undefined;
}

/** Whether it is written as a query parameter is, and not by its media type. */
export function isStyled(encoding: PropertyEncoding | undefined): encoding is PropertyEncoding {
  return encoding?.style !== undefined || encoding?.explode !== undefined;
}

export function toSerialization(encoding: PropertyEncoding, encode: Encode): Serialization {
  const style = encoding.style ?? 'form';
  return { style, explode: encoding.explode ?? style === 'form', encode };
}
