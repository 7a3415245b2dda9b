/**
 * The schemas of a catalog: each named one once, and only those that some command reaches.
 *
 *   T1. `#/components/schemas/Order` and `#/definitions/Order` become `#/schemas/Order`.
 *   T2. References to other places (a response's schema, another file) get a name made from the last words of the
 *       place; where a name is taken, `_2` follows. Declared names are never given to others.
 *   T3. A schema that is only a reference is replaced by what it refers to.
 *   T4. Named schemas are worked off one by one, so chains and circles of references cost no stack.
 */
import { toSchemaRef, type JsonSchema, type SchemaTable } from '@oatty/types';
import { filesKey, toSegments, type Document } from '../model/document.ts';
import { memberOf } from '../model/json-value.ts';
import { compareText } from '../model/list-operations.ts';
import { normalizeSchema, setOwn, type NormalizeContext } from './normalize-schema.ts';

export class SchemaCollector {
  readonly #document: Document;
  readonly #context: NormalizeContext;
  /** References into the catalog, by reference of the document. */
  readonly #references = new Map<string, string>();
  /** By place in the document. */
  readonly #names = new Map<string, string>();
  /** By name; grows while it is worked off. */
  readonly #named = new Map<string, unknown>();
  readonly #reserved: ReadonlySet<string>;
  readonly #inline = new Map<object, JsonSchema>();
  #where = '';

  constructor(document: Document) {
    this.#document = document;
    this.#reserved = new Set(declaredNames(document));
    this.#context = { version: document.version, toReference: (reference) => this.#toReference(reference) };
  }

  /**
   * A schema where it is used. The same object of the document gives the same object again.
   *
   * @param where - what a warning about a dangling reference names
   */
  toSchema(raw: unknown, where: string): JsonSchema {
    const known = typeof raw === 'object' && raw !== null ? this.#inline.get(raw) : undefined;
    if (known) return known;
    this.#where = where;
    const schema = normalizeSchema(raw, this.#context);
    if (typeof raw === 'object' && raw !== null) this.#inline.set(raw, schema);
    return schema;
  }

  /** All named schemas that were referred to, directly or by others, sorted by name. */
  toTable(): SchemaTable {
    const schemas: [string, JsonSchema][] = [];
    for (const [name, raw] of this.#named) {
      this.#where = `schema "${name}"`;
      schemas.push([name, normalizeSchema(raw, this.#context)]);
    }
    const table = {};
    for (const [name, schema] of schemas.sort(([a], [b]) => compareText(a, b))) setOwn(table, name, schema);
    return table;
  }

  #toReference(written: string): string | undefined {
    const known = this.#references.get(written);
    if (known !== undefined) return known;
    const { reference, value } = this.#document.followAlias(written, this.#where); // T3
    if (value === undefined) return undefined;
    const segments = toSegments(reference);
    const place = segments.join('\n');
    const name = this.#names.get(place) ?? this.#freeName(segments);
    this.#names.set(place, name);
    if (!this.#named.has(name)) this.#named.set(name, value);
    const result = toSchemaRef(name);
    this.#references.set(written, result);
    return result;
  }

  /** T1, T2 */
  #freeName(segments: readonly string[]): string {
    const declared = declaredName(segments);
    if (declared !== undefined) return declared;
    const base = madeUpName(segments);
    let name = base;
    for (let count = 2; this.#reserved.has(name) || this.#named.has(name); count++) name = `${base}_${count}`;
    return name;
  }
}

// --- internal ---

function declaredNames(document: Document): string[] {
  const { root, version } = document;
  const schemas = version === '2.0' ? root['definitions'] : memberOf(root['components'], 'schemas');
  return Object.keys(schemas ?? {});
}

function declaredName(segments: readonly string[]): string | undefined {
  const [first, second, third] = segments;
  if (segments.length === 2 && first === 'definitions') return second;
  return segments.length === 3 && first === 'components' && second === 'schemas' ? third : undefined;
}

/**
 * `x-oatty-files, schemas/order-item.yaml` → `order-item`; `components, schemas, Order, properties, id` → `Order.id`;
 * `paths, /orders, get, …, schema` → `orders.get.….schema`
 */
function madeUpName(segments: readonly string[]): string {
  const [first, file = '', ...inside] = segments;
  const words = (first === filesKey ? inside : segments).filter((segment) => !uninformative.has(segment));
  const base =
    words.length > 0 ? words.join('.') : file.replace(/^.*\//, '').replace(/\.(?:ya?ml|json)$/i, '');
  return base.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').replaceAll(/^_+|_+$/g, '') || 'schema';
}

const uninformative = new Set(['components', 'schemas', 'definitions', '$defs', 'properties', 'paths']);
