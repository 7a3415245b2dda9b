/**
 * A description being read: its root, its version, and the way from a reference to what it means.
 *
 *   D1. References are followed one at a time, when something is needed; nothing is ever expanded.
 *   D2. A reference may pass through other references (`#/paths/~1orders/get` where the path item is one itself).
 *   D3. What is missing or only points at itself is `undefined` and a warning.
 */
import type { JsonObject } from '@oatty/types';
import type { SpecificationVersion } from './identify-document.ts';
import { isJsonObject, memberOf } from './json-value.ts';
import type { Warnings } from './warnings.ts';

/** The member of the root that holds the other files of a description, by path (`load/gather-files.ts`). */
export const filesKey = 'x-oatty-files';

export class Document {
  readonly root: JsonObject;
  readonly version: SpecificationVersion;
  /** Where it was read; relative addresses are relative to it. */
  readonly location: string;
  readonly warnings: Warnings;
  readonly #found = new Map<string, unknown>();

  constructor(root: JsonObject, version: SpecificationVersion, location: string, warnings: Warnings) {
    this.root = root;
    this.version = version;
    this.location = location;
    this.warnings = warnings;
  }

  /**
   * The object itself, or the one its `$ref` leads to.
   *
   * @param where - what a warning names
   */
  follow(value: unknown, where: string): JsonObject | undefined {
    if (!isJsonObject(value)) return undefined;
    if (typeof value['$ref'] !== 'string') return value;
    const target = this.#chase(value['$ref'], where, hasReference).value;
    return isJsonObject(target) ? withSiblings(target, value) : undefined;
  }

  /** The last reference of a chain of schemas that say nothing else, and the schema it leads to. */
  followAlias(reference: string, where: string): { readonly reference: string; readonly value: unknown } {
    return this.#chase(reference, where, isPlainReference);
  }

  #chase(first: string, where: string, goesOn: (value: unknown) => value is { $ref: string }) {
    const seen: string[] = [];
    let reference = first;
    let value = this.#find(reference, maxIndirections);
    while (goesOn(value)) {
      if (seen.includes(reference)) return this.#nothing(first, where, 'leads only to itself');
      seen.push(reference);
      reference = value.$ref;
      value = this.#find(reference, maxIndirections);
    }
    return value === undefined ? this.#nothing(first, where, 'does not exist') : { reference, value };
  }

  #nothing(reference: string, where: string, problem: string) {
    this.warnings.add(where, `refers to "${asWritten(reference)}", which ${problem}.`);
    return { reference, value: undefined };
  }

  #find(reference: string, budget: number): unknown {
    if (this.#found.has(reference)) return this.#found.get(reference);
    const value = this.#walk(reference, budget);
    this.#found.set(reference, value);
    return value;
  }

  #walk(reference: string, budget: number): unknown {
    if (budget === 0) return undefined;
    if (reference === '#') return this.root;
    if (!reference.startsWith('#/')) return undefined;
    let current: unknown = this.root;
    for (const segment of toSegments(reference)) {
      let next = memberOf(current, segment);
      if (next === undefined && isJsonObject(current) && typeof current['$ref'] === 'string') {
        next = memberOf(this.#find(current['$ref'], budget - 1), segment); // D2
      }
      if (next === undefined) return undefined;
      current = next;
    }
    return current;
  }
}

/** `#/components/schemas/A~1B` → `['components', 'schemas', 'A/B']` */
export function toSegments(reference: string): string[] {
  return reference
    .slice(2)
    .split('/')
    .map((segment) => decodePercent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
}

// --- internal ---

/** `#/x-oatty-files/schemas~1order.yaml/Order` → `schemas/order.yaml#/Order` */
function asWritten(reference: string): string {
  if (!reference.startsWith(`#/${filesKey}/`)) return reference;
  const [, file = ''] = toSegments(reference);
  const pointer = reference.split('/').slice(3).join('/');
  return pointer === '' ? file : `${file}#/${pointer}`;
}

/** So many references may lie inside the path of one reference. */
const maxIndirections = 20;

function hasReference(value: unknown): value is { $ref: string } {
  return isJsonObject(value) && typeof value['$ref'] === 'string';
}

/** A reference that says nothing more. */
function isPlainReference(value: unknown): value is { $ref: string } {
  if (!hasReference(value)) return false;
  for (const key in value) if (key !== '$ref' && key !== 'description' && key !== 'summary') return false;
  return true;
}

/** Words beside a reference win over those of its target (OpenAPI 3.1; authors of 3.0 expect it too). */
function withSiblings(target: JsonObject, reference: JsonObject): JsonObject {
  const { description, summary } = reference;
  if (typeof description !== 'string' && typeof summary !== 'string') return target;
  return {
    ...target,
    ...(typeof description === 'string' && { description }),
    ...(typeof summary === 'string' && { summary }),
  };
}

function decodePercent(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
