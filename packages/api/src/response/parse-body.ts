/**
 * The bytes of a successful answer → JSON, text or `null`. Pure.
 *
 *   Y1. No bytes are `null`, whatever the type says.
 *   Y2. A JSON type is JSON, or the answer is invalid.
 *   Y3. No type: JSON when it is JSON, else text, else bytes.
 *   Y4. A web page where the command promises JSON is invalid: it comes from a proxy, a login or a wrong address.
 *       JSON with the type of a text is taken as JSON there.
 */
import { isJsonType, parseJson } from '@oatty/types';
import { isUtf8 } from 'node:buffer';
import { isHtmlType, isTextType, readCharset } from './media-type.ts';

export type ParsedBody =
  /** `json` is the text of a value that was JSON. */
  | { readonly kind: 'value'; readonly value: unknown; readonly json?: string }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'invalid'; readonly problem: 'not_json' | 'web_page'; readonly text: string }
  | { readonly kind: 'too_deep' };

export interface BodyExpectation {
  readonly contentType: string | undefined;
  readonly expectsJson: boolean;
  readonly maxDepth: number;
}

export function parseBody(
  bytes: Buffer,
  { contentType, expectsJson, maxDepth }: BodyExpectation,
): ParsedBody {
  if (bytes.byteLength === 0) return { kind: 'value', value: null };
  if (contentType === undefined) return parseUntyped(bytes, maxDepth);
  if (isJsonType(contentType)) return parseJsonText(decodeText(bytes, contentType), maxDepth);
  if (!isTextType(contentType)) return { kind: 'bytes' };
  const text = decodeText(bytes, contentType);
  if (expectsJson && /^\s*[{[]/.test(text)) {
    const parsed = parseJsonText(text, maxDepth);
    if (parsed.kind !== 'invalid') return parsed;
  }
  if (expectsJson && isHtmlType(contentType)) return { kind: 'invalid', problem: 'web_page', text };
  return { kind: 'value', value: text };
}

/** Without a byte order mark; in UTF-8 where the character set is unknown. */
export function decodeText(bytes: Buffer, contentType = ''): string {
  const charset = readCharset(contentType) ?? 'utf-8';
  if (charset === 'utf-8' || charset === 'utf8') return bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return decodeText(bytes);
  }
}

// --- internal ---

function parseUntyped(bytes: Buffer, maxDepth: number): ParsedBody {
  if (!isUtf8(bytes)) return { kind: 'bytes' };
  const text = decodeText(bytes);
  const parsed = parseJsonText(text, maxDepth);
  return parsed.kind === 'invalid' ? { kind: 'value', value: text } : parsed;
}

function parseJsonText(text: string, maxDepth: number): ParsedBody {
  if (text.trim() === '') return { kind: 'value', value: null };
  if (isDeeperThan(text, maxDepth)) return { kind: 'too_deep' };
  try {
    return { kind: 'value', value: parseJson(text), json: text };
  } catch {
    return { kind: 'invalid', problem: /^\s*</.test(text) ? 'web_page' : 'not_json', text };
  }
}

/** Counts brackets outside of strings; the text need not be JSON. */
function isDeeperThan(text: string, maxDepth: number): boolean {
  if (!hasMoreBrackets(text, maxDepth)) return false;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index++;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === openBrace || code === openBracket) {
      if (++depth > maxDepth) return true;
    } else if (code === closeBrace || code === closeBracket) depth--;
  }
  return false;
}

/** Most answers have fewer brackets than may be nested, which is found out much faster. */
function hasMoreBrackets(text: string, count: number): boolean {
  let left = count;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1))
      if (--left < 0) return true;
  }
  return false;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
];
