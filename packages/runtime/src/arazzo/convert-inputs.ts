/** The JSON Schema of the inputs of an Arazzo workflow → declared inputs. */
import { escapeTemplates } from './convert-value.ts';
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';
import { findComponent, isShape, listOf, shapeOf, textOf } from './read-shape.ts';
import { toIds } from './to-ids.ts';

export interface ConvertedInputs {
  readonly inputs: Shape;
  /** Name in the document → name in the manifest. */
  readonly names: ReadonlyMap<string, string>;
}

export function convertInputs(
  document: Shape,
  schema: unknown,
  path: string,
  findings: Findings,
): ConvertedInputs {
  const resolved = resolve(document, schema, path, findings);
  warnAboutRest(resolved, objectKeywords, path, findings);
  const properties = shapeOf(resolved['properties']);
  const names = toIds(Object.keys(properties), `${path}.properties`, findings);
  const required = new Set(listOf(resolved['required']));
  const inputs = Object.entries(properties).map(([name, property]) => {
    const place = `${path}.properties.${name}`;
    const input = toInput(resolve(document, property, place, findings), place, findings);
    return [names.get(name) ?? name, required.has(name) ? input : { ...input, optional: true }];
  });
  return { inputs: Object.fromEntries(inputs) as Shape, names };
}

// --- internal ---

const objectKeywords = new Set(['type', 'properties', 'required', 'title', 'description', '$schema']);

const inputTypes = new Set(['string', 'integer', 'number', 'boolean', 'array', 'object']);

const rules = {
  pattern: 'pattern',
  minLength: 'min_length',
  maxLength: 'max_length',
  minimum: 'minimum',
  maximum: 'maximum',
} as const;

const inputKeywords = new Set([
  'type',
  'title',
  'description',
  'default',
  'enum',
  'format',
  'examples',
  'example',
  ...Object.keys(rules),
]);

function resolve(document: Shape, schema: unknown, path: string, findings: Findings): Shape {
  const reference = textOf(shapeOf(schema)['$ref']);
  if (reference === undefined) return shapeOf(schema);
  const found = findComponent(document, reference);
  if (isShape(found) && found['$ref'] === undefined) return found;
  findings.refuse(`${path}.$ref`, 'arazzo_reference', `"${reference}" leads to no schema in this document.`);
  return {};
}

function toInput(schema: Shape, path: string, findings: Findings): Shape {
  warnAboutRest(schema, inputKeywords, path, findings);
  const type = [schema['type']].flat().find((name) => typeof name === 'string' && inputTypes.has(name));
  const validate = Object.entries(rules).flatMap(([keyword, rule]) =>
    schema[keyword] === undefined ? [] : [[rule, schema[keyword]]],
  );
  const { title, description, default: fallback, enum: values, format } = schema;
  return {
    ...(title !== undefined && { name: title }),
    ...(description !== undefined && { description }),
    ...(type !== undefined && { type }),
    ...(format === 'password' && { secret: true }),
    ...(values !== undefined && { enum: values }),
    ...(validate.length > 0 && { validate: Object.fromEntries(validate) as Shape }),
    ...(fallback !== undefined && { default: { from: 'literal', value: escaped(fallback) } }),
  };
}

/** A default is a literal to Arazzo; strings of ours may hold templates. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return escapeTemplates(value);
  if (Array.isArray(value)) return value.map(escaped);
  if (!isShape(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, escaped(member)]));
}

function warnAboutRest(schema: Shape, known: ReadonlySet<string>, path: string, findings: Findings): void {
  for (const keyword of Object.keys(schema)) {
    if (known.has(keyword)) continue;
    findings.warn(`${path}.${keyword}`, 'arazzo_input_schema', `"${keyword}" is not checked by a manifest.`);
  }
}
