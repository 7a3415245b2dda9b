/**
 * A description in several files → one document whose references are all local.
 *
 *   G1. Every file that is referred to is read once, in rounds, and kept as a whole under `x-oatty-files`, keyed by
 *       its path from the first document. References are rewritten to point there. Nothing is copied or expanded, so
 *       circles cost nothing, and names of files and schemas survive.
 *   G2. Files stay inside the directory of a first document on disk; addresses follow the address rules.
 *   G3. A file that is not there leaves its references as they are: the import goes on and warns about those that
 *       matter. A forbidden or broken file ends the import.
 */
import { OattyError, type JsonObject, type JsonValue } from '@oatty/types';
import { filesKey } from '../model/document.ts';
import { limitExceeded, type LoadLimits } from './limits.ts';
import { displayLocation } from './source-location.ts';
import { findReferences, type ReferenceObject } from './walk-document.ts';

/** Reads and parses one referenced file. */
export type ReadReferenced = (url: URL) => Promise<JsonValue>;

/** Changes the references inside `root`. What is no description is only measured: nothing else is read for it. */
export async function gatherFiles(
  root: JsonValue,
  rootUrl: URL,
  limits: LoadLimits,
  read: ReadReferenced,
): Promise<JsonValue> {
  const count = { nodes: 0 };
  const references = findReferences(root, displayLocation(rootUrl), limits, count).filter(isExternal);
  if (references.length === 0 || !isDescription(root)) return root;
  const files = new Map<string, GatheredFile>([[rootUrl.href, { url: rootUrl, value: root, references }]]);
  let round = [...files.values()];
  while (round.length > 0) {
    const wanted = round.flatMap((file) => file.references.map((one) => targetOf(one, file.url) ?? ''));
    const missing = [...new Set(wanted)].filter((href) => href !== '' && !files.has(href));
    if (files.size + missing.length > limits.maxFiles) {
      throw limitExceeded(displayLocation(rootUrl), 'maxFiles', limits.maxFiles);
    }
    round = await inBatches(missing, (href) => readOne(new URL(href), limits, count, read));
    for (const file of round) files.set(file.url.href, file);
  }
  return joinFiles(root, rootUrl, files);
}

// --- internal ---

interface GatheredFile {
  readonly url: URL;
  /** `undefined`: there is no such file. */
  readonly value: JsonValue | undefined;
  readonly references: readonly ReferenceObject[];
}

function isDescription(root: JsonValue): root is JsonObject {
  return typeof root === 'object' && root !== null && ('openapi' in root || 'swagger' in root);
}

/** So many files are read side by side. */
const batchSize = 16;

function isExternal(reference: ReferenceObject): boolean {
  return !reference.$ref.startsWith('#');
}

/** The file a reference points into, without fragment; `undefined` for local and unreadable references. */
function targetOf(reference: ReferenceObject, base: URL): string | undefined {
  if (!isExternal(reference) || !URL.canParse(reference.$ref, base.href)) return undefined;
  const url = new URL(reference.$ref, base);
  url.hash = '';
  return url.protocol === 'urn:' ? undefined : url.href;
}

async function inBatches<T>(hrefs: string[], read: (href: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < hrefs.length; start += batchSize) {
    results.push(...(await Promise.all(hrefs.slice(start, start + batchSize).map(read))));
  }
  return results;
}

async function readOne(
  url: URL,
  limits: LoadLimits,
  count: { nodes: number },
  read: ReadReferenced,
): Promise<GatheredFile> {
  try {
    const value = await read(url);
    return { url, value, references: findReferences(value, displayLocation(url), limits, count) };
  } catch (failure) {
    if (failure instanceof OattyError && failure.code === 'SOURCE_NOT_FOUND') {
      return { url, value: undefined, references: [] };
    }
    throw failure;
  }
}

function joinFiles(root: JsonObject, rootUrl: URL, files: ReadonlyMap<string, GatheredFile>): JsonObject {
  const keys = new Map<string, string>();
  for (const file of files.values()) {
    if (file.url !== rootUrl && file.value !== undefined) keys.set(file.url.href, keyOf(file.url, rootUrl));
  }
  const rewritten = new Set<ReferenceObject>(); // YAML aliases share objects
  for (const file of files.values()) {
    for (const reference of file.references) {
      if (rewritten.has(reference)) continue;
      rewritten.add(reference);
      reference.$ref = localReference(reference, file.url, rootUrl, keys);
    }
  }
  const contents = [...files.values()].flatMap((file) => {
    const key = keys.get(file.url.href);
    return key === undefined || file.value === undefined ? [] : [[key, file.value] as const];
  });
  return { ...root, [filesKey]: Object.fromEntries(contents) };
}

function localReference(
  reference: ReferenceObject,
  base: URL,
  rootUrl: URL,
  keys: ReadonlyMap<string, string>,
): string {
  const target = isExternal(reference) ? targetOf(reference, base) : base.href;
  const hash = reference.$ref.indexOf('#');
  const pointer = hash === -1 ? '' : reference.$ref.slice(hash + 1);
  if (pointer !== '' && !pointer.startsWith('/')) return reference.$ref; // an anchor
  if (target === rootUrl.href) return `#${pointer}`;
  const key = target === undefined ? undefined : keys.get(target);
  if (key === undefined) return reference.$ref;
  return `#/${filesKey}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}${pointer}`;
}

/** `file:///api/schemas/order.yaml` → `schemas/order.yaml`; other hosts keep their whole address. */
function keyOf(url: URL, rootUrl: URL): string {
  const directory = new URL('.', rootUrl).href;
  if (!url.href.startsWith(directory)) return url.href;
  const path = url.href.slice(directory.length);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
