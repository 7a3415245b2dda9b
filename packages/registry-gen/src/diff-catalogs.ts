/**
 * What a new import changed, for those whose workflows use the catalog.
 *
 * A command is changed when it is called differently or gives something else: method, path, parameters, body, output,
 * or a schema that these reach. Words (titles and descriptions) do not count.
 */
import { toSchemaRef, type CatalogManifest, type Command, type SchemaTable } from '@oatty/types';

export interface CatalogChanges {
  /** Ids of commands, sorted. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

type Comparable = Pick<CatalogManifest, 'commands' | 'schemas'>;

export function diffCatalogs(before: Comparable, after: Comparable): CatalogChanges {
  const old = new Map(before.commands.map((command) => [command.id, command]));
  const current = new Map(after.commands.map((command) => [command.id, command]));
  const schemas = changedSchemas(before.schemas, after.schemas);
  const isChanged = (command: Command) => {
    const earlier = old.get(command.id);
    if (!earlier) return false;
    const text = fingerprint(earlier);
    return text !== fingerprint(command) || referencesIn(text).some((reference) => schemas.has(reference));
  };
  return {
    added: [...current.keys()].filter((id) => !old.has(id)).sort(),
    removed: [...old.keys()].filter((id) => !current.has(id)).sort(),
    changed: after.commands
      .filter(isChanged)
      .map((command) => command.id)
      .sort(),
  };
}

// --- internal ---

function fingerprint({ parameters, body, output_schema, execution }: Command): string {
  const call = execution.kind === 'http' ? [execution.method, execution.path] : execution;
  return toText([
    parameters.map((parameter) => ({ ...parameter, provider: undefined })),
    body,
    output_schema,
    call,
  ]);
}

/** JSON without words: texts under `title` and `description`, but not properties of such a name, which are schemas. */
function toText(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) =>
    (key === 'description' || key === 'title') && typeof member === 'string' ? undefined : member,
  );
}

/** References to all schemas that differ, or that reach one that does. */
function changedSchemas(before: SchemaTable, after: SchemaTable): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const pending: string[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const reference = JSON.stringify(toSchemaRef(name));
    const text = textOf(after, name);
    if (text !== textOf(before, name)) pending.push(reference);
    for (const used of referencesIn(text)) users.set(used, [...(users.get(used) ?? []), reference]);
  }
  const changed = new Set<string>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (changed.has(next)) continue;
    changed.add(next);
    pending.push(...(users.get(next) ?? []));
  }
  return changed;
}

function textOf(schemas: SchemaTable, name: string): string {
  return Object.hasOwn(schemas, name) ? toText(schemas[name]) : '';
}

/** As they are in JSON text, quotes included. */
function referencesIn(text: string): string[] {
  return [...text.matchAll(/"\$ref":("#\/schemas\/(?:[^"\\]|\\.)*")/g)].map((match) => match[1] ?? '');
}
