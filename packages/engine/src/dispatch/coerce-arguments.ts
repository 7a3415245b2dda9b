/**
 * Texts of a command line → values of the types that the parameters want.
 *
 *   C1. Where the schema takes text, text stays text: `--code 007` for a string is "007".
 *   C2. Where a text may be a file (`takes-files.ts`), `{"file": "a.png"}` is one; alone it makes a list of files.
 *   C3. What does not fit stays as it is; the check of the arguments then says what is wrong with it.
 */
import { parseJson, resolveSchema, toFileValue } from '@oatty/types';
import type { Command, CommandArguments, CommandParameter, JsonSchema, SchemaTable } from '@oatty/types';
import type { FoundCommand } from '../ports/command-source.ts';
import { takesFiles } from '../schema/takes-files.ts';

export function coerceArguments(
  { command, schemas }: FoundCommand,
  given: CommandArguments,
): CommandArguments {
  const typed = Object.entries(given.with).map(([name, value]) => {
    const parameter = command.parameters.find((candidate) => candidate.name === name);
    return [name, parameter === undefined ? value : coerceParameter(command, parameter, value, schemas)];
  });
  return { ...given, with: Object.fromEntries(typed) as CommandArguments['with'] };
}

// --- internal ---

function coerceParameter(
  command: Command,
  { in: place, schema }: CommandParameter,
  value: unknown,
  schemas: SchemaTable,
): unknown {
  const files = place === 'body' && takesFiles(command) ? readFiles(value) : undefined;
  if (files === undefined) return coerceValue(value, schema, schemas);
  const isList = Array.isArray(value) || typesOf(schema, schemas).has('array');
  return isList ? files : files[0];
}

/** C2; `undefined` unless every text is one. */
function readFiles(value: unknown): readonly unknown[] | undefined {
  const files = [value]
    .flat()
    .map((text) => (typeof text === 'string' ? parseContainer(text, 'object') : text));
  return files.length > 0 && files.every((file) => toFileValue(file) !== undefined) ? files : undefined;
}

function coerceValue(value: unknown, schema: JsonSchema, schemas: SchemaTable): unknown {
  const types = typesOf(schema, schemas);
  if (Array.isArray(value)) return coerceElements(value, schema, schemas);
  if (typeof value !== 'string' || types.has('string')) return value;
  for (const type of ['integer', 'number', 'boolean', 'null', 'object', 'array']) {
    const typed = types.has(type) ? parseAs(type, value) : undefined;
    if (typed !== undefined) return typed;
  }
  if (!types.has('array')) return value;
  const elements = value === '' ? [] : value.split(',').map((element) => element.trim());
  return coerceElements(elements, schema, schemas);
}

function coerceElements(elements: readonly unknown[], schema: JsonSchema, schemas: SchemaTable): unknown[] {
  const items = resolveSchema(schema, schemas)?.items;
  return elements.map((element) => (items === undefined ? element : coerceValue(element, items, schemas)));
}

function parseAs(type: string, text: string): unknown {
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'null':
      return text === 'null' ? null : undefined;
    default:
      return parseContainer(text, type);
  }
}

function parseContainer(text: string, type: string): unknown {
  if (!text.trimStart().startsWith(type === 'array' ? '[' : '{')) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined; // C3
  }
}

const maxVariantDepth = 20;

/** Every type that the schema takes; none at all where it does not say. */
function typesOf(schema: JsonSchema | undefined, schemas: SchemaTable, depth = 0): ReadonlySet<string> {
  const resolved = resolveSchema(schema, schemas);
  if (resolved === undefined || depth > maxVariantDepth) return new Set();
  if (resolved.type !== undefined) return new Set([resolved.type].flat());
  if (resolved.enum !== undefined) return new Set(resolved.enum.map(typeOfConstant));
  if (resolved.const !== undefined) return new Set([typeOfConstant(resolved.const)]);
  const variants = [...(resolved.anyOf ?? []), ...(resolved.oneOf ?? []), ...(resolved.allOf ?? [])];
  return new Set(variants.flatMap((variant) => [...typesOf(variant, schemas, depth + 1)]));
}

function typeOfConstant(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
