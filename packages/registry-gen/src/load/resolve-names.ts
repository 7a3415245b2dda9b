/**
 * References by name → references by place, within one file.
 *
 *   N1. `$id` names a schema by an address, relative to the `$id` around it; `$self` (OpenAPI 3.2) names the file, and
 *       what is relative in it is relative to that.
 *   N2. `$anchor` and `$dynamicAnchor` name a schema within the nearest `$id`.
 *   N3. A `$dynamicRef` is read as `$ref`. Where several schemas of the file have its anchor, the way there decides
 *       which one is meant; then it says nothing, and any value is allowed.
 *   N4. What no name of the file answers to stays as it is: another file, an address, or a place that is counted from
 *       the root although an `$id` is around it.
 *   N5. Objects are visited once and without recursion, so that this comes before the limits.
 */
import type { JsonValue } from '@oatty/types';
import { memberOf, isJsonObject } from '../model/json-value.ts';
import { keysOfChild, type Container, type Keys } from './walk-document.ts';

/** Changes references inside `root`. @param text - what `root` was parsed from */
export function resolveNames(root: JsonValue, text: string, url: URL): void {
  if (!mayHaveNames(text) || !isJsonObject(root)) return;
  const names = new FileNames(root, url);
  for (const { object, base } of names.references) names.resolve(object, base);
}

/**
 * What relative references of the first document are relative to: its `$self`, where it came from the web. Files on
 * disk lie beside each other, whatever address they will have one day.
 */
export function baseOfReferences(root: JsonValue, location: URL): URL {
  const self = location.protocol === 'file:' ? undefined : toAddress(memberOf(root, '$self'), location.href);
  return self !== undefined && /^https?:/.test(self) ? new URL(self) : location;
}

// --- internal ---

interface Reference {
  readonly object: Record<string, unknown>;
  readonly base: string;
}

interface Visit {
  readonly value: Container;
  readonly keys: Keys;
  /** JSON pointer, as it stands in a reference. */
  readonly pointer: string;
  readonly base: string;
}

function mayHaveNames(text: string): boolean {
  return ['$id', '$anchor', '$dynamic', '$self'].some((name) => text.includes(name));
}

class FileNames {
  readonly references: Reference[] = [];
  readonly #root: Container;
  /** Address → pointer. */
  readonly #schemas = new Map<string, string>();
  /** Address with anchor → pointers. */
  readonly #anchors = new Map<string, string[]>();
  /** Dynamic anchor → pointers, in the whole file. */
  readonly #dynamic = new Map<string, string[]>();

  constructor(root: Container, { href }: URL) {
    this.#root = root;
    this.#schemas.set(href, '');
    const self = toAddress(memberOf(root, '$self'), href) ?? href;
    this.#schemas.set(self, '');
    const seen = new Set<Container>();
    const pending: Visit[] = [{ value: root, keys: 'keywords', pointer: '', base: self }];
    for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
      if (seen.has(visit.value)) continue;
      seen.add(visit.value);
      pending.push(...this.#visit(visit));
    }
  }

  resolve(object: Record<string, unknown>, base: string): void {
    const { $ref, $dynamicRef } = object;
    if (typeof $ref === 'string') object['$ref'] = this.#find($ref, base) ?? $ref;
    if (typeof $dynamicRef !== 'string' || $ref !== undefined) return;
    const isOpen = (this.#dynamic.get($dynamicRef.slice($dynamicRef.indexOf('#') + 1))?.length ?? 0) > 1; // N3
    const target = isOpen ? undefined : this.#find($dynamicRef, base);
    if (target !== undefined) object['$ref'] = target;
  }

  #visit({ value, keys, pointer, base: outer }: Visit): Visit[] {
    const isSchema = keys === 'keywords' && !Array.isArray(value);
    const own = isSchema && pointer !== '' ? toAddress(memberOf(value, '$id'), outer) : undefined;
    const base = own ?? outer;
    if (own !== undefined) this.#schemas.set(own, pointer);
    if (isSchema) this.#note(value, pointer, base);
    return Object.entries(value).flatMap(([key, child]): Visit[] => {
      if (typeof child !== 'object' || child === null) return [];
      const childKeys = Array.isArray(value) ? keys : keysOfChild(keys, key, child as Container);
      if (childKeys === 'data') return [];
      return [{ value: child as Container, keys: childKeys, pointer: `${pointer}/${toSegment(key)}`, base }];
    });
  }

  #note(schema: Record<string, unknown>, pointer: string, base: string): void {
    const { $anchor, $dynamicAnchor, $ref, $dynamicRef } = schema;
    for (const anchor of [$anchor, $dynamicAnchor]) {
      if (typeof anchor === 'string') append(this.#anchors, `${base}#${anchor}`, pointer);
    }
    if (typeof $dynamicAnchor === 'string') append(this.#dynamic, $dynamicAnchor, pointer);
    if (typeof $ref === 'string' || typeof $dynamicRef === 'string') {
      this.references.push({ object: schema, base });
    }
  }

  /** The place that a reference means; `undefined` where no name answers (N4). */
  #find(reference: string, base: string): string | undefined {
    if (!URL.canParse(reference, base)) return undefined;
    const url = new URL(reference, base);
    const fragment = url.hash.slice(1);
    url.hash = '';
    const schema = this.#schemas.get(url.href);
    if (fragment !== '' && !fragment.startsWith('/')) {
      const [place, ...others] = this.#anchors.get(`${url.href}#${fragment}`) ?? [];
      return place === undefined || others.length > 0 ? undefined : `#${place}`;
    }
    return schema === undefined || !this.#exists(schema + fragment) ? undefined : `#${schema}${fragment}`;
  }

  #exists(pointer: string): boolean {
    let value: unknown = this.#root;
    for (const segment of pointer.split('/').slice(1)) value = memberOf(value, fromSegment(segment));
    return value !== undefined;
  }
}

/** Without fragment. */
function toAddress(name: unknown, base: string): string | undefined {
  if (typeof name !== 'string' || !URL.canParse(name, base)) return undefined;
  const url = new URL(name, base);
  url.hash = '';
  return url.href;
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function toSegment(key: string): string {
  const escaped = key.replaceAll('~', '~0').replaceAll('/', '~1');
  return encodeURIComponent(escaped.toWellFormed()).replaceAll('%24', '$'); // `$defs` stays readable
}

function fromSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return segment;
  }
}
