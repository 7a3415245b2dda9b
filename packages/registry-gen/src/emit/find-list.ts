/**
 * Where the list is in what a command gives.
 *
 *   K1. An output that is a list itself: `.`.
 *   K2. An object, for commands that list (a GET whose path does not end in a parameter, a POST to search): a
 *       property with a usual name, or a list inside that; else one named like the last segment of the path; else
 *       the only list there is.
 */
import type { Operation } from '../model/operation.ts';
import type { Shape, ShapeReader } from '../model/shape-reader.ts';
import { concreteSegments, isPlaceholder, splitPath } from './name-commands.ts';

export interface FoundList {
  /** `.` or a dotted path. */
  readonly path: string;
  /** Schema of one item, as the document has it. */
  readonly items: unknown;
}

export function findList(operation: Operation, output: Shape, shapes: ShapeReader): FoundList | undefined {
  if (output.kind === 'list') return { path: '.', items: output.items };
  if (output.kind !== 'object' || !listsSomething(operation)) return undefined;
  const within = (shape: Shape, name: string) => shapes.readProperty(shape, name, operation.label);
  for (const name of usualNames) {
    const property = within(output, name);
    if (property.kind === 'list') return { path: name, items: property.items };
    const inner = onlyList(property, within);
    if (inner) return { path: `${name}.${inner.path}`, items: inner.items };
  }
  const ownName = concreteSegments(operation.path).at(-1) ?? '';
  const own = [ownName, ownName.replaceAll('-', '_')].find((name) => within(output, name).kind === 'list');
  const named = own === undefined ? undefined : within(output, own);
  return own !== undefined && named?.kind === 'list'
    ? { path: own, items: named.items }
    : onlyList(output, within);
}

// --- internal ---

const usualNames = (
  'items results data values entries list projects workflows commands catalogs plugins members ' +
  '_embedded records rows nodes objects content hits'
).split(' ');

function listsSomething({ method, path }: Operation): boolean {
  const last = splitPath(path).findLast((segment) => segment !== '') ?? '';
  if (method === 'GET' || method === 'QUERY') return !isPlaceholder(last);
  return method === 'POST' && /(?:^|[^a-z])(?:search|query|list|find|filter)$/i.test(last);
}

function onlyList(shape: Shape, within: (shape: Shape, name: string) => Shape): FoundList | undefined {
  if (shape.kind !== 'object') return undefined;
  const lists = [...shape.properties.keys()].flatMap((name) => {
    const property = within(shape, name);
    return property.kind === 'list' && !name.includes('.') ? [{ path: name, items: property.items }] : [];
  });
  return lists.length === 1 ? lists[0] : undefined;
}
