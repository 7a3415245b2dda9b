/**
 * What a schema looks like from outside: an object with these properties, a list of that, a scalar.
 *
 *   H1. `allOf` adds up. Of `oneOf` and `anyOf`, the properties of all variants are there; required is what every
 *       variant requires; a property that differs between variants has several schemas.
 *   H2. `null` among types or variants does not count.
 *   H3. A schema whose `discriminator` maps to others that build on it has their properties too, none of them required,
 *       where it is asked for with its heirs.
 *   H4. Each schema with parts is read once; one that contains itself is `unknown` inside itself, and so is what is composed of
 *       a longer chain of schemas than anybody writes.
 */
import type { Document } from './document.ts';
import { entriesOf, isJsonObject, listOf, memberOf } from './json-value.ts';
import { toMappedReference } from './mapped-reference.ts';

export interface ShapeProperty {
  /** Schemas of the document; several where variants differ. */
  readonly schemas: readonly unknown[];
  readonly required: boolean;
}

type ObjectShape = {
  readonly kind: 'object';
  readonly properties: ReadonlyMap<string, ShapeProperty>;
};
type ListShape = { readonly kind: 'list'; readonly items: unknown };
export type Shape =
  | ObjectShape
  | ListShape
  | { readonly kind: 'scalar'; readonly types: readonly string[] }
  | { readonly kind: 'unknown' };

export class ShapeReader {
  readonly #document: Document;
  readonly #known = new Map<object, Shape>();
  readonly #withHeirs = new Map<object, Shape>();
  #depth = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  /** @param where - what a warning about a dangling reference names */
  read(raw: unknown, where: string): Shape {
    const schema = this.#document.follow(raw, where);
    if (!schema) return unknownShape;
    if (!isComposed(schema) && schema['properties'] === undefined) return ownShape(schema); // cheap, and most
    const known = this.#known.get(schema);
    if (known) return known;
    if (this.#depth >= maxDepth) return unknownShape;
    this.#known.set(schema, unknownShape); // H4
    this.#depth++;
    const shape = this.#compute(schema, where);
    this.#depth--;
    this.#known.set(schema, shape);
    return shape;
  }

  /** H3: what somebody who sends such a value may say. */
  readWithHeirs(raw: unknown, where: string): Shape {
    const shape = this.read(raw, where);
    const schema = this.#document.follow(raw, where);
    if (schema?.['discriminator'] === undefined || shape.kind !== 'object') return shape;
    const known =
      this.#withHeirs.get(schema) ?? addUp([shape, ...this.#readHeirs(schema, where), shape], new Set());
    this.#withHeirs.set(schema, known);
    return known;
  }

  /** The shape of a property; of the first schema where variants differ. */
  readProperty(shape: Shape, name: string, where: string): Shape {
    const property = shape.kind === 'object' ? shape.properties.get(name) : undefined;
    return property ? this.read(property.schemas[0], where) : unknownShape;
  }

  /** Whether a property is only ever given by the server. */
  isReadOnly(raw: unknown, where: string): boolean {
    return (
      (isJsonObject(raw) && raw['readOnly'] === true) ||
      this.#document.follow(raw, where)?.['readOnly'] === true
    );
  }

  /** What the schemas of the mapping add themselves: what they build on is this very schema. */
  #readHeirs(schema: Record<string, unknown>, where: string): ObjectShape[] {
    return heirsOf(schema).flatMap((target) => {
      const heir = this.#document.follow({ $ref: target }, where) ?? {};
      return [heir, ...listOf(heir['allOf'])]
        .filter(isJsonObject)
        .map(ownShape)
        .filter((shape) => shape.kind === 'object')
        .map(asOptional);
    });
  }

  #compute(schema: Record<string, unknown>, where: string): Shape {
    const own = ownShape(schema);
    if (!isComposed(schema)) return own;
    const parts = listOf(schema['allOf']).map((part) => this.read(part, where));
    const variants = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])]
      .filter((variant) => !isNull(variant))
      .map((variant) => this.read(variant, where));
    const all = [own, ...parts, joinVariants(variants)];
    const objects = all.filter((shape) => shape.kind === 'object');
    if (objects.length > 0) return addUp(objects, requiredNames(schema));
    return all.find((shape) => shape.kind !== 'unknown') ?? unknownShape;
  }
}

// --- internal ---

const maxDepth = 200;

const unknownShape: Shape = { kind: 'unknown' };

function isComposed(schema: Record<string, unknown>): boolean {
  return schema['allOf'] !== undefined || schema['oneOf'] !== undefined || schema['anyOf'] !== undefined;
}

/** References to the schemas of a discriminator's mapping, where no variants name them already. */
function heirsOf(schema: Record<string, unknown>): string[] {
  if (schema['oneOf'] !== undefined || schema['anyOf'] !== undefined) return [];
  const targets = entriesOf(memberOf(schema['discriminator'], 'mapping')).map(([, target]) =>
    typeof target === 'string' ? toMappedReference(target) : '',
  );
  return [...new Set(targets)].filter((target) => target.startsWith('#/'));
}

function asOptional({ properties }: ObjectShape): ObjectShape {
  const optional = [...properties].map(
    ([name, { schemas }]) => [name, { schemas, required: false }] as const,
  );
  return { kind: 'object', properties: new Map(optional) };
}

/** What the schema says itself, without the schemas it is made of. */
function ownShape(schema: Record<string, unknown>): Shape {
  const types = typesOf(schema);
  const properties = entriesOf(schema['properties']).filter(
    ([, value]) => isJsonObject(value) || value === true,
  );
  if (properties.length > 0 || types.includes('object')) {
    const required = requiredNames(schema);
    const toProperty = (name: string, raw: unknown) => ({ schemas: [raw], required: required.has(name) });
    return {
      kind: 'object',
      properties: new Map(properties.map(([name, raw]) => [name, toProperty(name, raw)])),
    };
  }
  if (types.includes('array') || schema['items'] !== undefined)
    return { kind: 'list', items: schema['items'] };
  return types.length > 0 ? toScalar(types) : unknownShape;
}

function toScalar(types: readonly string[]): Shape {
  const [type = ''] = types;
  return (types.length === 1 ? scalarShapes.get(type) : undefined) ?? { kind: 'scalar', types };
}

const scalarShapes = new Map<string, Shape>(
  ['string', 'integer', 'number', 'boolean'].map((type) => [type, { kind: 'scalar', types: [type] }]),
);

/** H2 */
function typesOf({ type }: Record<string, unknown>): string[] {
  if (typeof type === 'string') return type === 'null' ? [] : [type];
  return listOf(type)
    .filter((one) => typeof one === 'string')
    .filter((one) => one !== 'null');
}

function requiredNames(schema: Record<string, unknown>): ReadonlySet<unknown> {
  return new Set(listOf(schema['required']));
}

function isNull(variant: unknown): boolean {
  return isJsonObject(variant) && variant['type'] === 'null';
}

/** `allOf`: later parts refine earlier ones. */
function addUp(parts: readonly ObjectShape[], required: ReadonlySet<unknown>): ObjectShape {
  const properties = new Map<string, ShapeProperty>();
  for (const part of parts) {
    for (const [name, property] of part.properties) {
      const isRequired = property.required || required.has(name) || properties.get(name)?.required === true;
      properties.set(name, { schemas: property.schemas, required: isRequired });
    }
  }
  return { kind: 'object', properties };
}

/** `oneOf`, `anyOf`: one shape only where all variants are of one kind. */
function joinVariants(variants: readonly Shape[]): Shape {
  const [first, ...others] = variants.filter((shape) => shape.kind !== 'unknown');
  if (!first || others.some((shape) => shape.kind !== first.kind)) return unknownShape;
  const objects = variants.filter((shape) => shape.kind === 'object');
  return objects.length > 0 ? joinObjects(objects, variants.length) : first;
}

function joinObjects(variants: readonly ObjectShape[], count: number): ObjectShape {
  const names = new Set(variants.flatMap((variant) => [...variant.properties.keys()]));
  const properties = [...names].map((name) => {
    const found = variants
      .map((variant) => variant.properties.get(name))
      .filter((property) => property !== undefined);
    const required = found.length === count && found.every((property) => property.required);
    return [
      name,
      { schemas: [...new Set(found.flatMap((property) => property.schemas))], required },
    ] as const;
  });
  return { kind: 'object', properties: new Map(properties) };
}
