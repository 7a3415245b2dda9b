/**
 * Source → one JSON document with local references only. The only I/O of this package.
 *
 *   L1. Bytes, nesting, number of values, files and time are limited; each limit has its own message.
 *   L2. A document on disk refers to files below its own directory, a document on the web to addresses; private
 *       addresses only with `allowPrivate`.
 *   L3. We resolve references of all versions ourselves. swagger-parser's resolver refuses 3.2, recurses with the
 *       nesting of the document, drops the port from relative servers and loses the names of files; what it does
 *       well, judging a document by the official schema of its version, is `check-specification.ts`.
 */
import { OattyError, type JsonValue, type SourceType } from '@oatty/types';
import { gatherFiles } from './gather-files.ts';
import { defaultLimits, limitExceeded, type LoadLimits } from './limits.ts';
import { parseText } from './parse-text.ts';
import { checkReference } from './check-reference.ts';
import { readLocation, type LoadOptions } from './read-source.ts';
import { baseOfReferences, resolveNames } from './resolve-names.ts';
import { displayLocation, locateSource, withoutCredentials } from './source-location.ts';

export interface LoadedDescription {
  /** As given, without credentials. */
  readonly source: string;
  readonly sourceType: SourceType;
  /** `file:` or, after redirects, `http(s):`; relative server addresses are relative to it. */
  readonly location: string;
  /** An object or a list; whether it is a description is for `validateDescription` to say. */
  readonly document: JsonValue;
  readonly warnings: readonly string[];
}

/**
 * @throws {OattyError} `SOURCE_NOT_FOUND`, `PATH_NOT_ALLOWED`, `ADDRESS_NOT_ALLOWED`, `NETWORK_ERROR`, `HTTP_ERROR`,
 *   `LIMIT_EXCEEDED`, `OPENAPI_SOURCE_PARSE_FAILED`, `ARGUMENT_INVALID`, `STORAGE_FAILED`, `CANCELED`
 */
export async function loadDescription(options: LoadOptions): Promise<LoadedDescription> {
  const limits = { ...defaultLimits, ...options.limits };
  const { sourceType, url } = await locateSource(
    options.source,
    options.sourceType,
    options.cwd ?? process.cwd(),
  );
  const source = withoutCredentials(options.source);
  const read = createReader(source, options, limits);
  const { text, url: location } = await read(url);
  const { value, warnings } = await parseText(text, displayLocation(location), limits);
  resolveNames(value, text, location);
  const allWarnings = [...warnings];
  const base = baseOfReferences(value, location);
  const document = await gatherFiles(value, base, limits, async (target) => {
    const file = await read(await checkReference(target, location));
    const parsed = await parseText(file.text, displayLocation(target), limits);
    resolveNames(parsed.value, file.text, file.url);
    allWarnings.push(...parsed.warnings.map((warning) => `${displayLocation(target)}: ${warning}`));
    return parsed.value;
  });
  return { source, sourceType, location: withoutCredentials(location.href), document, warnings: allWarnings };
}

// --- internal ---

type Reader = (url: URL) => Promise<{ text: string; url: URL }>;

/** Reads files and addresses out of one budget of bytes. */
function createReader(source: string, options: LoadOptions, limits: LoadLimits): Reader {
  let bytesLeft = limits.maxBytes;
  return async (url) => {
    const isFirst = bytesLeft === limits.maxBytes;
    const read = await readLocation(url, options, { ...limits, maxBytes: bytesLeft }).catch(
      (failure: unknown) => {
        throw isFirst || !isTooLarge(failure) ? failure : tooLargeTogether(source, limits);
      },
    );
    bytesLeft -= Buffer.byteLength(read.text);
    if (bytesLeft < 0) throw tooLargeTogether(source, limits);
    return read;
  };
}

function isTooLarge(failure: unknown): boolean {
  return failure instanceof OattyError && failure.options.context?.['limit'] === 'maxBytes';
}

function tooLargeTogether(source: string, limits: LoadLimits): OattyError {
  return limitExceeded(`${source}, with the files it refers to,`, 'maxBytes', limits.maxBytes);
}
