/**
 * The source descriptions of an Arazzo document → catalogs.
 *
 *   S1. A catalog that was imported from the same place is the one that is meant.
 *   S2. Else the description is read, under the rules for references: its title names a catalog that is there, or it is
 *       imported.
 *   S3. A description that may not or cannot be read stands for the one enabled catalog that has all the operations
 *       which the document names, with a warning. Where there is none, or several, the reason says what to run.
 */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { OattyError } from '@oatty/types';
import type { Catalog, CatalogEntry } from '@oatty/types';
import type { CatalogImportDocument, DescriptionSource } from '../catalogs/catalogs.ts';
import { isBundledSource } from '../catalogs/bundled-descriptions.ts';
import { importOpenapi } from '../catalogs/import-catalog.ts';
import { readCatalog } from '../catalogs/read-catalog.ts';
import type { World } from '../world.ts';
import type { Findings } from './findings.ts';
import { warnAboutKeys } from './known-keys.ts';
import { Operations } from './operations.ts';
import type { Sources } from './operations.ts';
import type { Shape } from './read-shape.ts';
import { listOf, shapeOf, textOf } from './read-shape.ts';

export interface ArazzoSource {
  readonly document: Shape;
  /** Of the document: `file:` or `http(s):`. */
  readonly location: string;
  /** How it was read, and so how its sources are. */
  readonly options: Pick<DescriptionSource, 'allowPrivate' | 'signal'>;
  readonly findings: Findings;
}

export interface BoundSources {
  readonly sources: Sources;
  readonly imported: readonly CatalogImportDocument[];
}

export async function bindSources(world: World, arazzo: ArazzoSource): Promise<BoundSources> {
  const sources = new Map<string, Catalog | { readonly reason: string }>();
  const imported: CatalogImportDocument[] = [];
  for (const [index, entry] of listOf(arazzo.document['sourceDescriptions']).entries()) {
    const source = shapeOf(entry);
    const path = `$.sourceDescriptions[${index}]`;
    warnAboutKeys(source, 'source', path, arazzo.findings);
    const name = textOf(source['name']) ?? `source-${index + 1}`;
    sources.set(name, await bind(world, { ...arazzo, source, name, path, imported }));
  }
  return { sources, imported };
}

// --- internal ---

interface SourceToBind extends ArazzoSource {
  readonly source: Shape;
  readonly name: string;
  readonly path: string;
  readonly imported: CatalogImportDocument[];
}

async function bind(world: World, one: SourceToBind): Promise<Catalog | { readonly reason: string }> {
  const type = textOf(one.source['type']) ?? 'openapi';
  const url = textOf(one.source['url']) ?? '';
  if (type !== 'openapi')
    return { reason: `Source "${one.name}" is of type ${type}, which brings no commands` };
  if (url === '' || !URL.canParse(url, one.location))
    return { reason: `Source "${one.name}" has no address` };
  const target = new URL(url, one.location);
  target.hash = '';
  const known = await findBySource(world, target);
  if (known !== undefined) return world.catalogStore.load(known.id);
  try {
    return await readAndBind(world, one, target);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code === 'CANCELED' || error.code === 'INTERNAL' || error.code === 'STORAGE_FAILED')
      throw error;
    if (!unreadable.has(error.code)) return { reason: `Source "${one.name}": ${error.message}` };
    return findByOperations(world, one, target);
  }
}

const unreadable = new Set<OattyError['code']>([
  'SOURCE_NOT_FOUND',
  'PATH_NOT_ALLOWED',
  'ADDRESS_NOT_ALLOWED',
  'NETWORK_ERROR',
  'HTTP_ERROR',
]);

async function findBySource(world: World, target: URL): Promise<CatalogEntry | undefined> {
  for (const entry of await world.catalogStore.list()) {
    if ((await placeOf(world, entry)) === target.href) return entry;
  }
  return undefined;
}

async function placeOf(world: World, { source, source_type }: CatalogEntry): Promise<string> {
  if (source_type === 'url' || isBundledSource(source)) return source;
  const path = source.startsWith('file://') ? fileURLToPath(source) : resolve(world.cwd, source);
  return pathToFileURL(await realpath(path).catch(() => path)).href;
}

async function readAndBind(world: World, one: SourceToBind, target: URL): Promise<Catalog> {
  const { checkReference } = await import('@oatty/registry-gen');
  const allowed = await checkReference(target, new URL(one.location));
  const source = allowed.protocol === 'file:' ? fileURLToPath(allowed) : allowed.href;
  const { manifest } = await readCatalog(world, { ...one.options, source });
  const existing = (await world.catalogStore.list()).find(({ id }) => id === manifest.id);
  if (existing === undefined) {
    one.imported.push(await importOpenapi(world, { ...one.options, source }));
  } else {
    const message = `"${one.name}" is taken as the catalog "${existing.id}" of the same title.`;
    one.findings.warn(one.path, 'arazzo_source', message);
  }
  return world.catalogStore.load(manifest.id);
}

async function findByOperations(
  world: World,
  one: SourceToBind,
  target: URL,
): Promise<Catalog | { readonly reason: string }> {
  const steps = stepsOf(one);
  const candidates: Catalog[] = [];
  for (const { id, enabled, kind } of await world.catalogStore.list()) {
    if (!enabled || kind !== 'openapi') continue;
    const catalog = await world.catalogStore.load(id);
    const operations = new Operations(new Map([[one.name, catalog]]));
    if (steps.every((step) => 'command' in operations.find(step))) candidates.push(catalog);
  }
  const [only] = candidates;
  const place = target.protocol === 'file:' ? fileURLToPath(target) : target.href;
  if (only === undefined || candidates.length > 1 || steps.length === 0) {
    return {
      reason: `"${one.name}" is not imported; run: oatty import ${place} and then import this document again`,
    };
  }
  const message = `"${place}" is not read; "${one.name}" is taken as the catalog "${only.entry.id}", which has its operations.`;
  one.findings.warn(one.path, 'arazzo_source', message);
  return only;
}

/** The steps that call an operation of this source, as far as the document says. */
function stepsOf({ document, name }: SourceToBind): readonly Shape[] {
  const isOnly = listOf(document['sourceDescriptions']).length === 1;
  return listOf(document['workflows'])
    .flatMap((workflow) => listOf(shapeOf(workflow)['steps']).map(shapeOf))
    .filter((step) => {
      const operation = textOf(step['operationId']) ?? textOf(step['operationPath']);
      if (operation === undefined) return false;
      return isOnly || operation.replace('{', '').startsWith(`$sourceDescriptions.${name}.`);
    });
}
