/**
 * How a list goes on, read from the parameters and the response. Only what both sides show counts:
 *
 *   G1. A `Link` header in the response.
 *   G2. A cursor parameter and the field of the response that gives its next value.
 *   G3. `starting_after` or `after` with `has_more`: the id of the last item.
 *   G4. A field that can only be the address of the next page (`@odata.nextLink`, `next_page_url`).
 *   G5. A page number, or an offset together with a limit.
 *   G6. A field that may be that address (`next`): numbers are better, because a proxy does not change them.
 */
import type { CommandParameter, Pagination } from '@oatty/types';
import type { Operation } from '../model/operation.ts';
import type { Shape, ShapeReader } from '../model/shape-reader.ts';
import type { FoundList } from './find-list.ts';

export interface PaginationFacts {
  readonly operation: Operation;
  readonly parameters: readonly CommandParameter[];
  readonly output: Shape;
  readonly list: FoundList | undefined;
  readonly shapes: ShapeReader;
}

export function detectPagination(facts: PaginationFacts): Pagination | undefined {
  const { operation, list } = facts;
  if (!list || (operation.method !== 'GET' && operation.method !== 'QUERY')) return undefined;
  if (operation.responses[0]?.headers.includes('link') === true) return { kind: 'link' };
  const query = queryParameters(facts.parameters);
  return (
    byCursor(facts, query) ??
    byLastItem(facts, query, list) ??
    byNextUrl(facts, nextUrlFields) ??
    byPage(query) ??
    byOffset(query) ??
    byNextUrl(facts, ['next'])
  );
}

// --- internal ---

/** Cursor parameters, each with the fields that may give its next value, best first; all compared without `_`, `-`. */
const cursors: readonly (readonly [parameter: string, fields: readonly string[]])[] = [
  ['cursor', ['nextcursor', 'endcursor', 'cursor']],
  ['nextcursor', ['nextcursor']],
  ['pagetoken', ['nextpagetoken']],
  ['nexttoken', ['nexttoken']],
  ['continuationtoken', ['continuationtoken', 'nextcontinuationtoken']],
  ['paginationtoken', ['nexttoken', 'nextpaginationtoken']],
  ['continue', ['continue']],
  ['marker', ['nextmarker']],
  ['streamposition', ['nextstreamposition']],
  ['startcursor', ['nextcursor']],
  ['after', ['nextafter', 'endcursor', 'after', 'lastid']],
  ['pageafter', ['nextafter', 'endcursor', 'aftercursor', 'after']],
  ['pagecursor', ['nextcursor', 'nextpagecursor', 'endcursor']],
  ['offset', ['nextoffset']],
];

/** Objects of a response in which cursors are kept, as dotted paths. */
const holders = [
  '',
  'pagination',
  'paging',
  'paging.next',
  'paging.cursors',
  'page',
  'pageInfo',
  'page_info',
  'meta',
  'meta.page',
  'metadata',
  'response_metadata',
];

const nextUrlFields = ['odatanextlink', 'nextlink', 'nextpageurl', 'nexturl', 'nextpageuri', 'nextpagelink'];

const moreFields = ['hasmore', 'hasnextpage', 'hasnext'];

function byCursor(facts: PaginationFacts, query: QueryParameters): Pagination | undefined {
  for (const [name, fields] of cursors) {
    const parameter = query.get(name);
    const next = parameter && findField(facts, fields);
    if (!parameter || next === undefined) continue;
    const more = findField(facts, moreFields);
    return {
      kind: 'cursor',
      parameter: parameter.name,
      next_path: next,
      ...(more !== undefined && { has_more_path: more }),
    };
  }
  return undefined;
}

function byNextUrl(
  { output, shapes, operation }: PaginationFacts,
  names: readonly string[],
): Pagination | undefined {
  for (const name of names) {
    for (const holder of ['', 'links', '_links', 'paging', 'pagination', 'meta']) {
      const outer = holder === '' ? output : shapes.readProperty(output, holder, operation.label);
      if (outer.kind !== 'object') continue;
      const field = [...outer.properties.keys()].find((key) => normalized(key) === name);
      if (field === undefined || (holder !== '' && field.includes('.'))) continue;
      const shape = shapes.readProperty(outer, field, operation.label);
      const isText = shape.kind === 'scalar' && shape.types.includes('string');
      const isLink = shape.kind === 'object' && shape.properties.has('href');
      if (isText || isLink)
        return { kind: 'next_url', next_path: holder === '' ? field : `${holder}.${field}` };
    }
  }
  return undefined;
}

function byLastItem(facts: PaginationFacts, query: QueryParameters, list: FoundList): Pagination | undefined {
  const parameter = query.get('startingafter') ?? query.get('after');
  const more = parameter && findField(facts, ['hasmore']);
  if (!parameter || more === undefined) return undefined;
  const item = facts.shapes.read(list.items, facts.operation.label);
  if (item.kind !== 'object' || !item.properties.has('id')) return undefined;
  return { kind: 'last_item', parameter: parameter.name, item_field: 'id', has_more_path: more };
}

function byPage(query: QueryParameters): Pagination | undefined {
  const names = ['page', 'pagenumber', 'pageno', 'pageindex'];
  const parameter = names.map((name) => query.get(name)).find((found) => found && isNumber(found));
  if (!parameter) return undefined;
  const { default: first, minimum } = parameter.schema;
  const isFromZero = first === 0 || (first === undefined && minimum === 0);
  return { kind: 'page', parameter: parameter.name, first: isFromZero ? 0 : 1 };
}

function byOffset(query: QueryParameters): Pagination | undefined {
  const parameter = query.get('offset') ?? query.get('skip') ?? query.get('startat');
  const hasLimit = ['limit', 'take', 'top', 'pagesize', 'count', 'maxresults'].some((name) =>
    query.has(name),
  );
  return parameter && hasLimit && isNumber(parameter)
    ? { kind: 'offset', parameter: parameter.name }
    : undefined;
}

/** By name without `_`, `-` and capitals. */
type QueryParameters = ReadonlyMap<string, CommandParameter>;

function queryParameters(parameters: readonly CommandParameter[]): QueryParameters {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return new Map(query.map((parameter) => [normalized(parameter.wire_name ?? parameter.name), parameter]));
}

function isNumber({ schema }: CommandParameter): boolean {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.includes('integer') || types.includes('number');
}

/** The dotted path of the first scalar field with one of the names, at the top of the response or in a holder. */
function findField(
  { output, shapes, operation }: PaginationFacts,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    for (const holder of holders) {
      const path = holder === '' ? [] : holder.split('.');
      const shape = path.reduce((outer, key) => shapes.readProperty(outer, key, operation.label), output);
      if (shape.kind !== 'object') continue;
      const field = [...shape.properties.keys()].find(
        (key) => normalized(key) === name && !key.includes('.'),
      );
      if (field === undefined) continue;
      const { kind } = shapes.readProperty(shape, field, operation.label);
      if (kind === 'scalar' || kind === 'unknown') return holder === '' ? field : `${holder}.${field}`;
    }
  }
  return undefined;
}

/** `next_page-token` → `nextpagetoken`; `page[after]` → `pageafter` */
function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
