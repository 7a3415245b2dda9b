/**
 * What provider commands take and give, so that a caller knows which field to use and which to show.
 *
 *   F1. The field to use: the one that a path parameter after the list is named after (`team_slug` → `slug`),
 *       else the first usual name for an id.
 *   F2. The field to show: the first usual name for a title; else there is none.
 *   F3. Only scalar fields; the tagged ones always.
 */
import type { ProviderContract } from '@oatty/types';
import type { ShapeReader } from '../model/shape-reader.ts';
import { toSingular } from './name-parameters.ts';
import { concreteSegments, isPlaceholder } from './name-commands.ts';
import type { DraftCommand } from './to-command.ts';

/** @param drafts - sorted by id */
export function toProviderContracts(
  drafts: readonly DraftCommand[],
  shapes: ShapeReader,
): ProviderContract[] {
  const identifiers = pathParametersByList(drafts);
  return drafts
    .filter(({ operation, list }) => operation.method === 'GET' && list !== undefined)
    .map((draft) => toContract(draft, identifiers.get(draft.pathKeys.at(-1) ?? ''), shapes));
}

// --- internal ---

type Field = ProviderContract['fields'][number];

const usualIds = ['id', 'uuid', 'key', 'slug', 'code', 'name', 'login', 'sha'];

const usualTitles =
  'name display_name displayName title label full_name fullName login username email slug subject summary'.split(
    ' ',
  );

const maxFields = 30;

/** Path of a list → name of the parameter that follows it. */
function pathParametersByList(drafts: readonly DraftCommand[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { segments, pathKeys } of drafts) {
    const end = segments.findLastIndex((segment) => /^\{[^{}]+\}$/.test(segment));
    const key = pathKeys[end] ?? '';
    if (end > 0 && !names.has(key)) names.set(key, segments[end]?.slice(1, -1) ?? '');
  }
  return names;
}

function toContract(
  { command, operation, list }: DraftCommand,
  identifier: string | undefined,
  shapes: ShapeReader,
) {
  const fields = scalarFields(list?.items, operation.label, shapes);
  const names = fields.map((field) => field.name);
  const collection = concreteSegments(operation.path).at(-1) ?? '';
  const id = [...identifierFields(identifier, toSingular(collection)), ...usualIds].find((name) =>
    names.includes(name),
  );
  const title = usualTitles.find((name) => names.includes(name));
  return {
    command: command.id,
    arguments: command.parameters
      .filter((parameter) => parameter.in !== 'body')
      .map(({ name, required }) => ({ name, required })),
    ...(list && { list_path: list.path }),
    fields: tagFields(fields, id, title),
  };
}

/** F1: `team_slug` of `teams` → `team_slug`, `slug`; `teamSlug` likewise. */
function identifierFields(identifier: string | undefined, singular: string): string[] {
  if (identifier === undefined || isPlaceholder(identifier)) return [];
  const snake = identifier
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_');
  const last = snake.split('_').at(-1) ?? snake;
  return [identifier, snake, snake.startsWith(`${singular}_`) ? snake.slice(singular.length + 1) : '', last];
}

function scalarFields(items: unknown, where: string, shapes: ShapeReader): Field[] {
  const item = shapes.read(items, where);
  if (item.kind !== 'object') return [];
  return [...item.properties.keys()].flatMap((name) => {
    const property = shapes.readProperty(item, name, where);
    if (property.kind !== 'scalar') return [];
    const [type] = property.types;
    return type === undefined ? [] : [{ name, type }];
  });
}

/** F3 */
function tagFields(fields: readonly Field[], id: string | undefined, title: string | undefined): Field[] {
  const tagged = fields.map((field) => {
    const tags = [
      ...(field.name === id ? (['id'] as const) : []),
      ...(field.name === title ? (['display'] as const) : []),
    ];
    return tags.length > 0 ? { ...field, tags } : field;
  });
  return tagged.filter((field, index) => index < maxFields || field.tags !== undefined);
}
